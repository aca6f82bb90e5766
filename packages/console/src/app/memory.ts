// SPDX-License-Identifier: AGPL-3.0-or-later

type Remembered = 'theme' | 'language';

/** Small choices of this browser. Storage may be forbidden or full, and nothing depends on it. */
export function remembered(key: Remembered): string | undefined {
  try {
    return localStorage.getItem(`louver.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: Remembered, value: string): void {
  try {
    localStorage.setItem(`louver.${key}`, value);
  } catch {
    // Forgotten with the page, then.
  }
}
