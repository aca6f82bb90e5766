// SPDX-License-Identifier: AGPL-3.0-or-later
// What an insider tries on a published log, and what the command says of it: over a folder and over HTTP.
import { decodeBundle, formatVkey } from '@louver/ledger';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointIn, entries, entry, logOf, ORIGIN, signer, type Files } from '../testing/log.ts';
import { louver } from '../testing/louver.ts';
import { publishLog, TOKEN, type PublishedLog } from '../testing/published-log.ts';

const SIZE = 3_000;
/** In the bundle 4, whose first entry is number 1,024. */
const AT = 1_100;
const rows = entries(SIZE);
/** With the partial tiles of two older checkpoints, which nobody needs any more. */
const SIZES = [2_000, 2_700, SIZE];
const good = logOf(rows, SIZES);
const signedText = (files: Files): string => Buffer.from(checkpointIn(files)).toString('utf8');

let log: PublishedLog;
beforeAll(async () => {
  log = await publishLog(good);
});
afterAll(() => log.close());

type Changes = ReadonlyMap<string, Uint8Array | undefined>;
type Found = { outcome: string; file: string; reason: string };

/** Both ways must say the same. */
async function verified(changes: Changes, ...args: string[]): Promise<{ code: number; found: Found; err: string }> {
  return log.with(changes, async () => {
    const once = async (where: string) => {
      const { code, out, err } = await louver([
        'verify',
        where,
        '--vkey',
        log.vkey,
        '--token',
        TOKEN,
        '--json',
        ...args,
      ]);
      return { code, found: JSON.parse(out) as Found, err };
    };
    const [folder, http] = [await once(log.folder), await once(log.url)];
    expect(http).toEqual(folder);
    return folder;
  });
}

const wrong = (file: string, reason: string) => ({
  code: 1,
  found: { outcome: 'wrong', file, reason: expect.stringContaining(reason), savedTo: null },
  err: expect.stringContaining(`louver: WRONG: ${file}`),
});

/** What a database owner gets who changes rows and computes all digests again, as far up as told. Signing he can't. */
const asOwner = (changed: readonly Uint8Array[], upTo: 'bundles' | 'leaf tiles' | 'all tiles'): Changes => {
  const parts = { bundles: ['tile/entries/'], 'leaf tiles': ['tile/entries/', 'tile/0/'], 'all tiles': ['tile/'] }[
    upTo
  ];
  const sizes = SIZES.map((size) => Math.min(size, changed.length));
  return new Map([...logOf(changed, sizes)].filter(([path]) => parts.some((part) => path.startsWith(part))));
};

const changed = (path: string, change: (bytes: Uint8Array) => Uint8Array): Changes =>
  new Map([[path, change(good.get(path)!)]]);
const swapped = (a: string, b: string): Changes =>
  new Map([
    [a, good.get(b)!],
    [b, good.get(a)!],
  ]);
const checkpoint = (change: (text: string) => string): Changes =>
  new Map([['checkpoint', Buffer.from(change(signedText(good)))]]);
const resigned = (all: readonly Uint8Array[], by: ReturnType<typeof signer>): Changes => logOf(all, [all.length], [by]);

it('verifies as it is, in the folder and over HTTP', async () => {
  const { code, found } = await verified(new Map());
  expect([code, found]).toMatchObject([0, { outcome: 'verified', origin: ORIGIN, size: SIZE, entriesRead: true }]);
});

describe('a row', { timeout: 30_000 }, () => {
  const owners: [string, Uint8Array[]][] = [
    ['edited', rows.with(AT, entry(AT, 'không có gì'))],
    ['deleted', rows.toSpliced(AT, 1)],
    ['inserted', rows.toSpliced(AT, 0, entry(9_999_999))],
    ['moved before another', rows.with(AT, rows[AT + 1]!).with(AT + 1, rows[AT]!)],
    ['replaced by a copy of another', rows.with(AT, rows[AT + 1]!)],
  ];
  it.each(owners)('%s in the bundles is named', async (_, all) => {
    expect(await verified(asOwner(all, 'bundles'))).toEqual(
      wrong('tile/entries/004', `entry ${AT} is not the one that was logged`),
    );
  });

  it.each(owners)('%s with its digest and the tile of its leaf is found at that tile', async (how, all) => {
    const found = await verified(asOwner(all, 'leaf tiles'));
    // It shifts the rows at the right edge as well: then the two lowest tiles that could prove one another both lack proof.
    if (how === 'inserted') expect(found).toEqual(wrong('tile/1/000.p/11', 'disagrees with tile/0/004'));
    else expect(found).toEqual(wrong('tile/0/004', 'does not hash to what the tile'));
  });

  it.each(owners)('%s with all tiles computed again is found, because the root is signed', async (how, all) => {
    const found = await verified(asOwner(all, 'all tiles'));
    // One row less: the tree's partial tiles of the signed size are those from before, and fit nothing.
    if (how === 'deleted') expect(found).toMatchObject({ code: 1, found: { outcome: 'wrong' } });
    else expect(found).toEqual(wrong('checkpoint', 'its root is not that'));
  });

  it.each(owners)('%s and signed with a key of his own is found', async (_, all) => {
    expect(await verified(resigned(all, signer(0x77)))).toEqual(
      wrong('checkpoint', 'no signature is by a trusted key'),
    );
  });

  it.each(owners)('%s and signed by the log itself is found by whoever kept a checkpoint', async (_, all) => {
    const since = log.file('kept', checkpointIn(logOf(rows.slice(0, 2_700))));
    // A row inserted or deleted shifts all later ones; the log stays as long as it claims to be.
    const found = await verified(resigned(all, signer(0x11)), '--since', since);
    expect(found).toEqual(wrong('checkpoint', 'the log was rewritten: it does not continue the tree of 2700 entries'));
  });

  it('that was the last is missed too', async () => {
    const since = log.file('kept', checkpointIn(good));
    expect(await verified(resigned(rows.slice(0, -1), signer(0x11)), '--since', since)).toEqual(
      wrong('checkpoint', 'the log shrank from 3000 entries to 2999'),
    );
  });
});

describe('a file', { timeout: 30_000 }, () => {
  it.each([
    [
      'a bundle that was cut',
      changed('tile/entries/004', (bytes) => bytes.subarray(0, 5_000)),
      'tile/entries/004',
      'is cut off',
    ],
    [
      'a bundle without its last entry',
      changed('tile/entries/004', (bytes) =>
        bytes.subarray(0, bytes.length - 2 - decodeBundle(bytes, 256)[255]!.length),
      ),
      'tile/entries/004',
      'has 255 entries, not 256',
    ],
    [
      'a bundle with one more',
      changed('tile/entries/004', (bytes) => Buffer.concat([bytes, Buffer.from([0, 1, 65])])),
      'tile/entries/004',
      'bytes stand after the 256',
    ],
    [
      'an endless bundle',
      changed('tile/entries/004', () => Buffer.alloc(17_000_000)),
      'tile/entries/004',
      'has more bytes than',
    ],
    [
      'a tile that was cut',
      changed('tile/0/004', (bytes) => bytes.subarray(0, 8_160)),
      'tile/0/004',
      'has 8160 bytes, not 8192',
    ],
    ['an endless tile', changed('tile/0/004', () => Buffer.alloc(8_193)), 'tile/0/004', 'has more bytes than'],
    ['an empty tile', changed('tile/0/004', () => Buffer.alloc(0)), 'tile/0/004', 'has 0 bytes'],
    ['two tiles swapped', swapped('tile/0/003', 'tile/0/004'), 'tile/0/003', 'does not hash'],
    ['two bundles swapped', swapped('tile/entries/003', 'tile/entries/004'), 'tile/entries/003', 'entry 768 is not'],
    [
      'a tile of another level',
      changed('tile/1/000.p/11', (bytes) => good.get('tile/0/004')!.subarray(0, bytes.length)),
      'tile/1/000.p/11',
      'disagrees with tile/0/000',
    ],
    [
      'a partial tile for a full one',
      changed('tile/0/004', () => good.get(`tile/0/011.p/184`)!),
      'tile/0/004',
      'has 5888 bytes, not 8192',
    ],
    [
      'a partial bundle for a full one',
      changed('tile/entries/004', () => good.get(`tile/entries/011.p/184`)!),
      'tile/entries/004',
      'has 184 entries, not 256',
    ],
    ['a missing tile', new Map([['tile/0/004', undefined]]), 'tile/0/004', 'is missing'],
    ['a missing bundle', new Map([['tile/entries/004', undefined]]), 'tile/entries/004', 'is missing'],
    ['a missing checkpoint', new Map([['checkpoint', undefined]]), 'checkpoint', 'is missing'],
  ] as [string, Changes, string, string][])('%s is named', async (_, changes, file, reason) => {
    expect(await verified(changes)).toEqual(wrong(file, reason));
  });
});

describe('a checkpoint', { timeout: 30_000 }, () => {
  const elsewhere = logOf(rows, [SIZE], [signer(0x11, 'other.example/log')]);
  it.each([
    ['without a signature', checkpoint((text) => text.replace(/\n\u2014 .*\n$/s, '\n')), 'signature'],
    ['without anything below its text', checkpoint((text) => text.replace(/\n\n.*$/s, '\n')), 'no blank line'],
    ['with a signature that was changed', checkpoint((text) => text.replace(/.{6}=?\n$/s, 'AAAAA=\n')), 'signature'],
    [
      'of another size under the same signature',
      checkpoint((text) => text.replace('\n3000\n', '\n2700\n')),
      'signature of',
    ],
    [
      'of another root under the same signature',
      checkpoint((text) => text.replace(/\n3000\n..../, '\n3000\nAAAA')),
      'signature of',
    ],
    [
      'with another origin under the same signature',
      checkpoint((text) => text.replace(ORIGIN, 'other.example/log')),
      'no trusted log has the origin',
    ],
    [
      'of a log that the same key signs under another name',
      new Map([['checkpoint', checkpointIn(elsewhere)]]),
      'no trusted log has the origin',
    ],
    [
      'whose signature names another key',
      checkpoint((text) => text.replace(`\u2014 ${ORIGIN} `, '\u2014 other.example/log ')),
      'no signature is by a trusted key',
    ],
    ['signed by a stranger of the same name', resigned(rows, signer(0x77)), 'no signature is by a trusted key'],
    [
      'that was signed by the log for another text',
      checkpoint((text) =>
        text.replace(/\u2014 .*$/s, /\u2014 .*$/s.exec(signedText(logOf(rows.slice(0, 2_000))))![0]),
      ),
      'signature of',
    ],
    [
      'with a size that a lax reader would take',
      checkpoint((text) => text.replace('\n3000\n', '\n3e3\n')),
      'is no tree size',
    ],
  ] as [string, Changes, string][])('%s is refused', async (_, changes, reason) => {
    expect(await verified(changes)).toEqual(wrong('checkpoint', reason));
  });

  it('that is older than the one kept is refused, with all files of that time', async () => {
    const since = log.file('kept', checkpointIn(good));
    expect(await verified(logOf(rows.slice(0, 2_700)), '--since', since)).toEqual(
      wrong('checkpoint', 'the log shrank from 3000 entries to 2700'),
    );
  });

  it('of another tree of the same size is refused by whoever kept the first', async () => {
    const since = log.file('kept', checkpointIn(good));
    expect(await verified(resigned(rows.with(AT, entry(5)), signer(0x11)), '--since', since)).toEqual(
      wrong('checkpoint', 'the log was rewritten'),
    );
  });

  it('without the witnesses that the policy asks for is refused', async () => {
    const policy = log.file(
      'policy',
      `log ${formatVkey(signer(0x11).key)}\nwitness w witness.example.org/w1+109b1ff7+BKCapfR6Z1mAL/lV+NwtKhSlyZ0jvpf4ZBJ/+Tg0VaTw\nquorum w\n`,
    );
    expect(await verified(new Map(), '--policy', policy)).toEqual(wrong('checkpoint', 'do not meet the quorum'));
  });
});

it(
  'finds any single byte that was changed, but for files that no reader of this checkpoint needs',
  { timeout: 60_000 },
  async () => {
    const unused = new Set([...good.keys()].filter((path) => /\.p\//.test(path) && !/\.p\/(?:184|11)$/.test(path)));
    expect(unused.size).toBe(6);
    const position = fc.tuple(fc.constantFrom(...good.keys()), fc.nat(), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(position, async ([path, where, flip]) => {
        const at = where % good.get(path)!.length;
        const { code, found } = await verified(
          changed(path, (bytes) => bytes.map((byte, i) => (i === at ? byte ^ flip : byte))),
        );
        expect(unused.has(path) ? [code, path] : [code, found.file]).toEqual([unused.has(path) ? 0 : 1, path]);
      }),
      { numRuns: 60 },
    );
  },
);

describe('a log with tiles of three levels', { timeout: 60_000 }, () => {
  const many = entries(66_000);
  const large = logOf(many);
  let published: PublishedLog;
  beforeAll(async () => {
    published = await publishLog(large);
  });
  afterAll(() => published.close());
  const verify = (...args: string[]) => louver(['verify', published.folder, '--vkey', published.vkey, ...args]);

  it('verifies, also as the continuation of one with two', async () => {
    const since = published.file('kept', checkpointIn(logOf(many.slice(0, 60_000))));
    const { code, out } = await verify('--since', since);
    expect([code, out]).toEqual([0, expect.stringContaining('continues the 60,000 entries')]);
  });

  it.each([
    'tile/2/000.p/1',
    'tile/1/000',
    'tile/1/001.p/1',
    'tile/0/200',
    'tile/0/257.p/208',
    'tile/entries/257.p/208',
  ])('is refused when a byte of %s is another', async (path) => {
    const bytes = large.get(path)!.map((byte, i) => (i === 20 ? byte ^ 1 : byte));
    const { code, err } = await published.with(new Map([[path, bytes]]), verify);
    expect([code, err]).toEqual([1, expect.stringContaining(`louver: WRONG: ${path}`)]);
  });
});
