// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_EDGE, formatVkey, parseVkeys, rootOfEdge, signCheckpoint, signerOf } from '@louver/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { louver } from '../testing/louver.ts';

const ORIGIN = 'city.example/log';
let data: string;
let keys: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'louver-keys-'));
  keys = join(data, 'keys');
});
afterEach(() => rmSync(data, { recursive: true }));

const log = (...args: string[]) => louver(['log', ...args], { LOUVER_DATA: data });
const make = () => log('key', 'new', '--name', ORIGIN, '--out', keys);
const text = (file: string) => readFileSync(join(keys, file), 'utf8');
const vkeys = (file = 'log.vkey') => parseVkeys(text(file)).map(formatVkey);
const mode = (file: string) => (statSync(join(keys, file)).mode & 0o777).toString(8);
const signer = (file: string) => signerOf(ORIGIN, 'ed25519', text(file));
const vkeyOf = (file: string) => formatVkey(signer(file).key);

/** As a sealer that holds the keys of these files would. */
function publish(...files: string[]) {
  mkdirSync(join(data, 'log'), { recursive: true });
  const checkpoint = { origin: ORIGIN, size: 0, root: rootOfEdge(EMPTY_EDGE) };
  writeFileSync(join(data, 'log/checkpoint'), signCheckpoint(checkpoint, files.map(signer)));
}

describe('louver log key new', () => {
  it('makes a key that only its owner reads, and a vkey that everybody may', async () => {
    const { code, out, err } = await make();
    expect([code, err, out]).toEqual([0, '', text('log.vkey')]);
    expect(readdirSync(keys).toSorted()).toEqual(['log.key', 'log.vkey']);
    expect([mode('log.key'), mode('log.vkey')]).toEqual(['600', '644']);
    expect(vkeys()).toEqual([vkeyOf('log.key')]);
  });

  it('never replaces a key', async () => {
    await make();
    const before = [text('log.key'), text('log.vkey')];
    const { code, err } = await make();
    expect([code, err]).toEqual([1, expect.stringContaining('it is not replaced')]);
    expect([text('log.key'), text('log.vkey')]).toEqual(before);
    rmSync(join(keys, 'log.key'));
    expect(await make()).toMatchObject({ code: 1, err: expect.stringContaining('private key is missing') });
    expect(existsSync(join(keys, 'log.key'))).toBe(false);
  });

  it('completes what a crash left half made', async () => {
    await make();
    const key = text('log.key');
    rmSync(join(keys, 'log.vkey'));
    expect((await make()).code).toBe(0);
    expect(text('log.key')).toBe(key);
    expect(vkeys()).toEqual([vkeyOf('log.key')]);
  });

  it.each(['two words', 'a+b', ''])('refuses the name %j', async (name) => {
    const { code, err } = await log('key', 'new', '--name', name, '--out', keys);
    expect([code, err]).toEqual([2, expect.stringContaining('expected a name without spaces')]);
  });
});

describe('louver log vkey', () => {
  it('prints what others verify with', async () => {
    await make();
    expect(await log('vkey')).toMatchObject({ code: 0, out: text('log.vkey') });
  });

  it.each([
    [undefined, 'there is no'],
    ['rubbish\n', 'is no vkey'],
    ['', 'there is no vkey'],
  ])('says what is wrong with a file of %j', async (content, why) => {
    mkdirSync(keys);
    if (content !== undefined) writeFileSync(join(keys, 'log.vkey'), content);
    expect(await log('vkey')).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) });
  });
});

describe('louver log rotate', () => {
  beforeEach(make);

  it('adds a key, and drops the old one when the log is signed by the new', async () => {
    const old = vkeys();
    expect((await log('rotate')).code).toBe(0);
    expect(mode('log.next.key')).toBe('600');
    const next = vkeyOf('log.next.key');
    expect(vkeys()).toEqual([...old, next]);
    publish('log.key', 'log.next.key');
    expect((await log('rotate', '--finish')).code).toBe(0);
    expect(vkeys()).toEqual([next]);
    expect(vkeyOf('log.key')).toEqual(next);
    expect(readdirSync(keys).toSorted()).toEqual(['log.key', 'log.retired.vkey', 'log.vkey']);
    expect(vkeys('log.retired.vkey')).toEqual(old);
    expect(mode('log.key')).toBe('600');
  });

  it('run twice makes one key', async () => {
    await log('rotate');
    const before = text('log.vkey');
    expect((await log('rotate')).code).toBe(0);
    expect(text('log.vkey')).toBe(before);
  });

  it('is not finished before the published checkpoint carries the new signature', async () => {
    await log('rotate');
    const before = [text('log.key'), text('log.vkey')];
    expect(await log('rotate', '--finish')).toMatchObject({ code: 2, err: expect.stringContaining("couldn't read") });
    publish('log.key');
    expect(await log('rotate', '--finish')).toMatchObject({
      code: 1,
      err: expect.stringContaining('restart the sealer'),
    });
    expect([text('log.key'), text('log.vkey')]).toEqual(before);
  });

  it('is not finished when none began, and does not begin when the key is another than the one shown', async () => {
    expect(await log('rotate', '--finish')).toMatchObject({ code: 1, err: expect.stringContaining('no rotation is') });
    writeFileSync(join(keys, 'log.vkey'), 'city.example/log+00000000+AAAA\n');
    expect(await log('rotate')).toMatchObject({ code: 2, err: expect.stringContaining('log.vkey: line 1') });
    rmSync(keys, { recursive: true });
    await make();
    const own = text('log.key');
    rmSync(keys, { recursive: true });
    await make();
    writeFileSync(join(keys, 'log.key'), own);
    expect(await log('rotate')).toMatchObject({ code: 1, err: expect.stringContaining('is none of the keys') });
  });

  it('goes on after a crash between any two of its steps', async () => {
    const old = vkeys()[0]!;
    const shownBefore = text('log.vkey');
    await log('rotate');
    const next = vkeyOf('log.next.key');
    // The next key was made, and not shown yet.
    writeFileSync(join(keys, 'log.vkey'), shownBefore);
    publish('log.key', 'log.next.key');
    expect(await log('rotate', '--finish')).toMatchObject({ code: 1, err: expect.stringContaining('does not show') });
    expect((await log('rotate')).code).toBe(0);
    expect(vkeys()).toEqual([old, next]);
    // The old key was replaced, and is shown still.
    renameSync(join(keys, 'log.next.key'), join(keys, 'log.key'));
    expect(await log('rotate')).toMatchObject({ code: 1, err: expect.stringContaining('was not finished') });
    expect((await log('rotate', '--finish')).code).toBe(0);
    expect(vkeys()).toEqual([next]);
    expect(vkeys('log.retired.vkey')).toEqual([old]);
  });

  it('refuses a key that is none', async () => {
    writeFileSync(join(keys, 'log.next.key'), 'rubbish');
    expect(await log('rotate')).toMatchObject({ code: 2, err: expect.stringContaining('is no Ed25519 private key') });
  });
});
