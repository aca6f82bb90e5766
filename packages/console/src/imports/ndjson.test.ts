// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { jsonLines } from './ndjson.ts';

/** A body that arrives in pieces of so many bytes. */
const inPieces = (text: string, size: number) => {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
};

it.each([1, 3, 7, 1000])('reads whole lines however the bytes are cut (%i at a time)', async (size) => {
  const found: unknown[] = [];
  for await (const line of jsonLines(inPieces('{"tên":"Phường Bến Gió"}\n{"n":2}\r\n\n{"n":3}', size)))
    found.push(line);
  expect(found).toEqual([{ tên: 'Phường Bến Gió' }, { n: 2 }, { n: 3 }]);
});

it('says so when a line is cut off', async () => {
  const read = async () => {
    for await (const line of jsonLines(inPieces('{"n":1}\n{"n":', 4))) expect(line).toEqual({ n: 1 });
  };
  await expect(read()).rejects.toThrow(SyntaxError);
});

it('lets the server go when nobody listens any more', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('{"n":1}\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const line of jsonLines(endless)) {
    expect(line).toEqual({ n: 1 });
    break;
  }
  expect(cancelled).toBe(true);
});
