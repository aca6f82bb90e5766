// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Asks until the answer is 200.
 * @param {string} url
 * @param {object} options
 * @param {number} options.withinMs
 * @param {number} [options.everyMs]
 * @param {() => boolean} options.goOn false ends the wait at once
 * @param {(text: string) => void} [options.note] hears what the answer was instead
 * @returns {Promise<{ ok: boolean, said: string }>}
 */
export async function untilAnswers(url, { withinMs, everyMs = 100, goOn, note = () => undefined }) {
  const deadline = Date.now() + withinMs;
  let said = 'no answer';
  while (goOn() && Date.now() < deadline) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
      said = (await response.text()).replaceAll(/\s+/g, ' ').slice(0, 300);
      if (response.status === 200) return { ok: true, said };
      note(said);
    } catch (error) {
      said = error.cause?.message ?? error.message;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, everyMs);
    });
  }
  return { ok: false, said };
}

/**
 * @param {string} answer of /readyz: `{"ready": false, "checks": {"demo": "3 of 14 streams do not answer yet", …}}`
 * @returns {string} what a person wants to know of it
 */
export function whatIsMissing(answer) {
  try {
    const checks = Object.entries(JSON.parse(answer).checks).filter(([, state]) => state !== 'ok');
    return checks.map(([name, state]) => `${name}: ${state}`).join(', ');
  } catch {
    return answer.slice(0, 100);
  }
}
