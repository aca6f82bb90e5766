// SPDX-License-Identifier: AGPL-3.0-or-later

/** Lines of a body as they arrive, each parsed as JSON. An unfinished last line is one too: servers may leave out its end. */
export async function* jsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : lines.pop()!;
      for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as unknown;
      if (done) return;
    }
  } finally {
    // Whoever stops listening early must not leave the server writing into nothing.
    await reader.cancel().catch(() => undefined);
  }
}
