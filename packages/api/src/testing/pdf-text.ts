// SPDX-License-Identifier: AGPL-3.0-or-later
// What a reader would copy out of a PDF of ours: pages' text by way of each font's own table of letters.
import { inflateSync } from 'node:zlib';

export function textOfPdf(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const fonts = [...objects.values()].flatMap(({ head }) => [...head.matchAll(/\/(F\d+) (\d+) 0 R/g)]);
  const letters = new Map(
    fonts.map(([, name, id]) => {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!)?.head ?? '')?.[1];
      return [name!, lettersOf(objects.get(table ?? '')?.stream ?? '')] as const;
    }),
  );
  return [...objects.values()].map(({ stream }) => (stream.includes(' Tf') ? drawn(stream, letters) : '')).join('\n');
}

function objectsOf(pdf: Buffer): Map<string, { head: string; stream: string }> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, { head: string; stream: string }>();
  for (const { 1: id, 2: body } of text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)) {
    const [head = '', ...rest] = body!.split('\nstream\n');
    const bytes = Buffer.from(rest.join('\nstream\n').replace(/\nendstream$/, ''), 'latin1');
    const packed = head.includes('/FlateDecode') && !head.includes('/Length1') && !head.includes('/Subtype /CIDFont');
    objects.set(id!, { head, stream: packed && bytes.length > 0 ? inflateSync(bytes).toString('latin1') : '' });
  }
  return objects;
}

/** Letters by glyph, in the order in which the font was asked for them. */
function lettersOf(table: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const { 1: from, 2: list } of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    let glyph = Number.parseInt(from!, 16);
    for (const { 1: codes } of list!.matchAll(/<([0-9a-f\s]*)>/gi)) {
      const text = Buffer.from(codes!.replaceAll(/\s/g, ''), 'hex').swap16().toString('utf16le');
      letters.set((glyph++).toString(16).padStart(4, '0'), text);
    }
  }
  return letters;
}

function drawn(stream: string, letters: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> | undefined;
  const parts: string[] = [];
  for (const { 1: name, 2: glyphs } of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = letters.get(name);
    else
      parts.push(
        [...glyphs!.matchAll(/<([0-9a-f]*)>/gi)]
          .flatMap(({ 1: hex }) => hex!.match(/.{4}/g) ?? [])
          .map((glyph) => font?.get(glyph.toLowerCase()) ?? '?')
          .join(''),
      );
  }
  return parts.join('\n');
}
