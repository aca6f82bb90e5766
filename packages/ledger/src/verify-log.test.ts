// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogWrong } from './log-files.ts';
import { hashLeaf, rootOf } from './merkle/hash.ts';
import { parseVkey } from './notes/key.ts';
import { signCheckpoint, signerOf } from './notes/sign.ts';
import { parsePolicy, trustLogs } from './policy.ts';
import { LOG_NAME, LOG_VKEY, privateKeyOf, WITNESS_VKEY } from './published-vectors.ts';
import { filesOf, numbers, type Files } from './test-log.ts';
import { decodeBundle, encodeBundle } from './tiles/bundle.ts';
import { verifyLog, type LogVerification } from './verify-log.ts';

const policy = trustLogs(parseVkey(LOG_VKEY));
const signer = signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x11));
const verify = async (files: Files, more: Partial<LogVerification> = {}): Promise<number> =>
  (await verifyLog({ read: async (path) => files.get(path), policy, ...more })).size;
const refusal = async (files: Files, more: Partial<LogVerification> = {}): Promise<LogWrong> =>
  verify(files, more).then(
    () => expect.fail('the log verified'),
    (error: unknown) => (error instanceof LogWrong ? error : expect.fail(String(error))),
  );
const signed = (files: Files): Uint8Array => files.get('checkpoint')!;
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

/** Three levels of tiles; entries 65,536 and later stand beside edge tiles. */
const large = filesOf(numbers(66_000));
const small = filesOf(numbers(600));

describe('verifying a whole log', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 600])('accepts %i entries', async (size) => {
    expect(await verify(filesOf(numbers(size)))).toBe(size);
  });

  it('accepts three levels of tiles and reports progress up to the end', async () => {
    const seen: number[] = [];
    await verify(large, { onProgress: ({ verified, total }) => seen.push(verified / total) });
    expect(seen).toHaveLength(Math.ceil(66_000 / 256));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it('uses full tiles where the partial ones of its checkpoint were deleted, because the log has grown', async () => {
    const grown = filesOf(numbers(768));
    expect(
      await verify(
        new Map([...grown, ['checkpoint', signed(small)], ['tile/1/000.p/2', small.get('tile/1/000.p/2')!]]),
      ),
    ).toBe(600);
  });

  it('leaves out the entries for whoever may not read them', async () => {
    const public_ = new Map([...small].filter(([path]) => !path.includes('entries')));
    expect(await verify(public_, { entries: false })).toBe(600);
    expect(await refusal(public_)).toMatchObject({ path: 'tile/entries/000', what: 'is missing' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const done = verify(large, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(done).rejects.toThrow('enough');
  });

  it('lets the failures of its reader through, so that unreachable is not wrong', async () => {
    const read = async (path: string): Promise<Uint8Array | undefined> => {
      if (path === 'tile/entries/001') throw new Error('connection reset');
      return small.get(path);
    };
    await expect(verifyLog({ read, policy })).rejects.toThrow('connection reset');
  });
});

describe('a log that was tampered with', () => {
  it.each([...small.keys()].filter((path) => path !== 'checkpoint'))(
    'is refused by name when %s is altered',
    async (path) => {
      const bytes = small.get(path)!;
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1])
        expect(await refusal(new Map(small).set(path, flipped(bytes, at)))).toMatchObject({ path });
    },
  );

  it.each([
    'tile/0/000',
    'tile/0/257.p/208',
    'tile/0/003',
    'tile/1/000',
    'tile/1/001.p/1',
    'tile/2/000.p/1',
    'tile/entries/003',
  ])('is refused by name when %s of a large one is altered, cut, or missing', async (path) => {
    const bytes = large.get(path)!;
    expect(await refusal(new Map(large).set(path, flipped(bytes, 40 % bytes.length)))).toMatchObject({ path });
    expect(await refusal(new Map(large).set(path, bytes.subarray(1)))).toMatchObject({ path });
    const without = new Map(large);
    without.delete(path);
    expect(await refusal(without)).toMatchObject({ path, what: 'is missing' });
  });

  const changedEntries = (change: (entries: Uint8Array[]) => Uint8Array[]): Files => {
    const path = 'tile/entries/001';
    return new Map(small).set(path, encodeBundle(change(decodeBundle(small.get(path)!, 256))));
  };
  it.each([
    [
      'edited',
      (entries: Uint8Array[]) => entries.with(7, Buffer.from('x')),
      'entry 263 is not the one that was logged',
    ],
    ['reordered', (entries: Uint8Array[]) => entries.with(7, entries[8]!).with(8, entries[7]!), 'entry 263 is not'],
    ['deleted', (entries: Uint8Array[]) => entries.toSpliced(7, 1), 'the bundle has 255 entries, not 256'],
    ['replaced by the next', (entries: Uint8Array[]) => entries.with(7, entries[8]!), 'entry 263 is not'],
  ])('is refused when an entry is %s', async (_, change, what) => {
    expect(await refusal(changedEntries(change))).toMatchObject({
      path: 'tile/entries/001',
      what: expect.stringContaining(what),
    });
  });

  it('is refused when an entry is altered together with all tiles: the root is signed', async () => {
    const forged = filesOf(numbers(600).with(300, Buffer.from('x'))).set('checkpoint', signed(small));
    expect(await refusal(forged)).toMatchObject({
      path: 'checkpoint',
      what: expect.stringContaining('root is not that'),
    });
  });

  it('is refused without a checkpoint, and with one that somebody else signed', async () => {
    const without = new Map(small);
    without.delete('checkpoint');
    expect(await refusal(without)).toMatchObject({ path: 'checkpoint', what: 'is missing' });
    const checkpoint = { origin: LOG_NAME, size: 600, root: rootOf(numbers(600).map(hashLeaf)) };
    const text = signCheckpoint(checkpoint, [signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x77))]);
    expect(await refusal(new Map(small).set('checkpoint', Buffer.from(text)))).toMatchObject({
      path: 'checkpoint',
      what: 'no signature is by a trusted key',
    });
  });

  it('is refused without the cosignatures that the policy asks for', async () => {
    const strict = parsePolicy(`log ${LOG_VKEY}\nwitness w ${WITNESS_VKEY}\nquorum w`);
    expect(await refusal(small, { policy: strict })).toMatchObject({
      path: 'checkpoint',
      what: expect.stringContaining('quorum'),
    });
  });
});

describe('a log compared with a checkpoint that was kept', () => {
  it.each([0, 1, 255, 256, 300, 600])('is accepted when it continues the tree of %i entries', async (size) => {
    expect(await verify(small, { since: signed(filesOf(numbers(size))) })).toBe(600);
  });

  it('is refused when it was rolled back', async () => {
    const kept = signed(filesOf(numbers(601)));
    expect(await refusal(small, { since: kept })).toMatchObject({ what: 'the log shrank from 601 entries to 600' });
  });

  it('is refused when it was rewritten and signed again', async () => {
    const rewritten = filesOf(numbers(600).with(3, Buffer.from('x')));
    for (const size of [4, 255, 256, 300, 599])
      expect(await refusal(rewritten, { since: signed(filesOf(numbers(size))) })).toMatchObject({
        path: 'checkpoint',
        what: `the log was rewritten: it does not continue the tree of ${size} entries that was kept`,
      });
    expect(await refusal(rewritten, { since: signed(small) })).toMatchObject({
      what: expect.stringContaining('was rewritten'),
    });
  });

  it('is not compared with a checkpoint that its key has not signed', async () => {
    expect(await refusal(small, { since: Buffer.from('rubbish') })).toMatchObject({ path: 'since' });
    const other = signerOf('other.example.org', 'ed25519', privateKeyOf(0x11));
    const text = signCheckpoint({ origin: other.key.name, size: 0, root: rootOf([]) }, [other]);
    expect(await refusal(small, { since: text })).toMatchObject({ path: 'since' });
    const both = trustLogs(signer.key, other.key);
    expect(await refusal(small, { since: text, policy: both })).toMatchObject({
      what: expect.stringContaining('is of the log other'),
    });
  });
});

describe('random damage', () => {
  it('of any file is named, whatever it is', async () => {
    const paths = [...small.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(3),
        async (path, where, flip, how) => {
          const bytes = small.get(path)!;
          const at = where % bytes.length;
          const damaged = [
            bytes.map((byte, i) => (i === at ? byte ^ flip : byte)),
            bytes.subarray(0, at),
            Buffer.concat([bytes, Buffer.of(flip)]),
            Buffer.concat([bytes.subarray(0, at), Buffer.of(flip), bytes.subarray(at)]),
          ][how]!;
          expect((await refusal(new Map(small).set(path, damaged))).path).toBe(path);
        },
      ),
      { numRuns: 150 },
    );
  });
});
