// SPDX-License-Identifier: AGPL-3.0-or-later
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cosign, formatVkey, parseNote, signerOf } from '@louver/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointIn, entries, entry, logOf, ORIGIN, receiptOf, signer } from '../testing/log.ts';
import { louver } from '../testing/louver.ts';
import { publishLog, TOKEN, type PublishedLog } from '../testing/published-log.ts';

const rows = entries(600);
const good = logOf(rows);
let log: PublishedLog;
beforeAll(async () => {
  log = await publishLog(good);
});
afterAll(() => log.close());

const vkeyLine = (seed: number) => `${formatVkey(signer(seed).key)}\n`;
const verify = (...args: string[]) => louver(['verify', ...args]);
const folder = (...args: string[]) => verify(log.folder, '--vkey', log.vkey, ...args);
const url = (...args: string[]) => verify(log.url, '--vkey', log.vkey, ...args);
const beside = (name: string) => join(dirname(log.folder), name);

describe('louver verify', () => {
  it('says in sentences what was verified', async () => {
    const { code, out, err } = await folder();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^Verified: demo\.louver\.example\/log, 600 entries, each one in its place under the signed root\.\n/,
    );
    expect(out).toContain(`  signed by ${vkeyLine(0x11).split('+').slice(0, 2).join('+')}\n`);
  });

  it('without a token verifies the tree over HTTP, and says that the entries were not read', async () => {
    const { code, out, err } = await url();
    expect([code, err]).toEqual([
      0,
      'No --token: the tree is verified, the entries, which auditors may read, are not.\n',
    ]);
    expect(out).toMatch(/^Verified: the tree of .* over 600 entries\. The entries themselves were not read\.\n/);
    expect(JSON.parse((await url('--json')).out)).toMatchObject({ outcome: 'verified', entriesRead: false });
  });

  it('with a token reads the entries, and calls a refused one neither right nor wrong', async () => {
    expect((await url('--token', TOKEN)).out).toContain('each one in its place');
    expect((await url('--token-file', log.file('token', `${TOKEN}\n`))).out).toContain('each one in its place');
    const { code, out, err } = await url('--token', 'stale', '--json');
    expect([code, err]).toEqual([3, expect.stringContaining('the log refuses the token')]);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'unreachable' });
  });

  it('leaves the entries out when told to, also in a copy that has none', async () => {
    const gone = new Map([...good.keys()].filter((path) => path.includes('entries')).map((path) => [path, undefined]));
    await log.with(gone, async () => {
      expect(await folder('--tree-only')).toMatchObject({ code: 0, err: '' });
      expect(await folder()).toMatchObject({ code: 1, err: expect.stringContaining('verified with --tree-only') });
    });
  });

  it('is quiet when all is well, and never about what is wrong', async () => {
    expect(await url('--quiet')).toEqual({ code: 0, out: '', err: '' });
    const { code, out, err } = await log.with(new Map([['tile/0/001', undefined]]), () => folder('--quiet'));
    expect([code, out, err]).toEqual([1, '', 'louver: WRONG: tile/0/001 is missing\n']);
  });

  it('says where nothing can be read', async () => {
    expect(await verify(beside('nowhere'), '--vkey', log.vkey)).toMatchObject({
      code: 3,
      err: expect.stringContaining('there is no such folder'),
    });
    expect(await verify(log.vkey, '--vkey', log.vkey)).toMatchObject({
      code: 3,
      err: expect.stringContaining('it is no folder'),
    });
  });

  it('takes no device for a file, and does not wait for its end', async () => {
    await log.with(new Map([['tile/0/001', undefined]]), async () => {
      const device = join(log.folder, 'tile/0/001');
      symlinkSync('/dev/zero', device);
      expect(await folder()).toMatchObject({ code: 1, err: 'louver: WRONG: tile/0/001 is missing\n' });
      rmSync(device);
    });
  });

  it('never shows what a log says as it is: a terminal would obey it', async () => {
    const text = `evil\u202e\n1\n${Buffer.alloc(32).toString('base64')}\n\n\u2014 evil AAAAAAAA\n`;
    const { code, err } = await log.with(new Map([['checkpoint', Buffer.from(text)]]), () => folder());
    expect([code, err]).toEqual([1, expect.stringContaining('no trusted log has the origin')]);
    expect(err).not.toContain('\u202e');
  });
});

describe('wrong usage of louver verify', () => {
  it.each([
    [[], 'what is to be verified?'],
    [['LOG'], 'whose log is it? Name --vkey'],
    [['LOG', '--vkey', 'none'], "couldn't read the verifier key"],
    [['LOG', '--vkey', 'CHECKPOINT'], 'is no vkey'],
    [['LOG', '--vkey', 'WITNESS'], 'is the key of a witness'],
    [['LOG', '--vkey', 'VKEY', '--policy', 'VKEY'], 'is none of log, witness, group, quorum'],
    [['LOG', '--vkey', 'VKEY', '--since', 'none'], "couldn't read the kept checkpoint"],
    [['ftp://a/log', '--vkey', 'VKEY'], 'is no address of a log'],
    [['LOG', '--vkey', 'VKEY', '--token', 'two words'], 'signs in it that no token has'],
    [['LOG', '--vkey', 'VKEY', '--save', '/nowhere/at/all'], "couldn't write the checkpoint"],
    [['--vkey', 'VKEY', '--receipt', 'VKEY'], 'are verified together'],
    [['--vkey', 'VKEY', '--receipt', 'none', '--entry', 'VKEY'], "couldn't read the receipt"],
    [['LOG', 'more', '--vkey', 'VKEY'], 'too many arguments'],
    [['LOG', '--frobnicate'], 'unknown option'],
  ])('%j ends with 2', async (args, why) => {
    const named: Record<string, string> = {
      LOG: log.folder,
      VKEY: log.vkey,
      CHECKPOINT: join(log.folder, 'checkpoint'),
      WITNESS: log.file('witness', 'witness.example.org/w1+109b1ff7+BKCapfR6Z1mAL/lV+NwtKhSlyZ0jvpf4ZBJ/+Tg0VaTw\n'),
    };
    const { code, out, err } = await verify(...args.map((arg) => named[arg] ?? arg));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });
});

describe('keeping a checkpoint', () => {
  const grown = logOf(entries(900));
  const forked = logOf(entries(900).with(3, entry(77_777)));

  it('month after month is one line, and needs no --since', async () => {
    const kept = beside('monthly');
    expect((await url('--save', kept)).code).toBe(0);
    expect(readFileSync(kept)).toEqual(Buffer.from(checkpointIn(good)));
    const { code, out } = await log.with(grown, () => url('--save', kept));
    expect([code, out]).toEqual([0, expect.stringContaining(`continues the 600 entries of ${kept}: none of them was`)]);
    expect(readFileSync(kept)).toEqual(Buffer.from(checkpointIn(grown)));
    expect(readdirSync(dirname(kept)).filter((name) => name.startsWith('monthly'))).toEqual(['monthly']);
  });

  it('never loses the old one to a log that contradicts it, and keeps both as the proof', async () => {
    const kept = log.file('fork', checkpointIn(good));
    const { code, err, out } = await log.with(forked, () => folder('--since', kept, '--save', kept, '--json'));
    expect([code, err]).toEqual([1, expect.stringContaining(`is now in ${kept}.wrong. Keep both`)]);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'wrong', file: 'checkpoint', savedTo: `${kept}.wrong` });
    expect(readFileSync(kept)).toEqual(Buffer.from(checkpointIn(good)));
    expect(readFileSync(`${kept}.wrong`)).toEqual(Buffer.from(checkpointIn(forked)));
  });

  it('does not keep one of a log that is wrong, nor write over a file that is no checkpoint', async () => {
    const kept = beside('unkept');
    await log.with(new Map([['tile/entries/001', undefined]]), () => folder('--save', kept));
    expect(existsSync(kept)).toBe(false);
    const diary = log.file('diary', 'dear diary');
    const { code, err } = await folder('--save', diary);
    expect([code, err]).toEqual([1, expect.stringContaining(`WRONG: ${diary}: `)]);
    expect(readFileSync(diary, 'utf8')).toBe('dear diary');
  });

  it('of another log says so', async () => {
    const other = log.file('other', checkpointIn(logOf(rows, [600], [signer(0x11, 'other.example/log')])));
    const both = log.file('both', vkeyLine(0x11) + `${formatVkey(signer(0x11, 'other.example/log').key)}\n`);
    const { code, err } = await verify(log.folder, '--vkey', both, '--since', other);
    expect([code, err]).toEqual([1, `louver: WRONG: ${other} is of the log other.example/log, not ${ORIGIN}\n`]);
  });
});

describe('a log that changes its key', () => {
  const [old, next] = [vkeyLine(0x11), vkeyLine(0x12)];

  it.each([
    ['before, with both keys', [0x11], old + next, 0],
    ['between, with the old key', [0x11, 0x12], old, 0],
    ['between, with the new key', [0x11, 0x12], next, 0],
    ['between, with both keys', [0x11, 0x12], old + next, 0],
    ['after, with both keys', [0x12], old + next, 0],
    ['after, with the new key', [0x12], next, 0],
    ['after, with the old key', [0x12], old, 1],
  ])('verifies %s', async (_, seeds, vkeys, expected) => {
    const [first, ...others] = seeds.map((seed) => signer(seed));
    const now = logOf(rows, [600], [first!, ...others]);
    const { code } = await log.with(now, () => verify(log.folder, '--vkey', log.file('keys', vkeys)));
    expect(code).toBe(expected);
  });

  it('continues a checkpoint that only the old key signed', async () => {
    const kept = log.file('old', checkpointIn(good));
    const now = logOf(entries(900), [900], [signer(0x12)]);
    const { code } = await log.with(now, () =>
      verify(log.folder, '--vkey', log.file('keys', old + next), '--since', kept),
    );
    expect(code).toBe(0);
  });
});

describe('witnesses', () => {
  const witness = signerOf('w.example/1', 'cosignature/v1', signer(0x44).privateKey);
  const policy = (quorum: string) => `log ${vkeyLine(0x11)}witness w ${formatVkey(witness.key)}\nquorum ${quorum}\n`;
  const text = Buffer.from(checkpointIn(good)).toString('utf8');
  const cosigned = new Map([['checkpoint', Buffer.from(text + cosign(parseNote(text).text, witness, 1_790_000_000))]]);

  it('are named with the time at which they signed; the policy may name the log too', async () => {
    const file = log.file('policy', policy('w'));
    const { code, out } = await log.with(cosigned, () => verify(log.folder, '--policy', file));
    expect([code, out]).toEqual([0, expect.stringContaining('witnessed by w.example/1 at 2026-09-21T')]);
    expect(await folder('--policy', file)).toMatchObject({ code: 1, err: expect.stringContaining('quorum') });
    expect((await folder('--policy', log.file('policy', policy('none')))).code).toBe(0);
  });
});

describe('a receipt', () => {
  const receipt = async () => log.file('r.tlog-proof', await receiptOf(good, 300, 600));
  const offline = async (entryBytes: Uint8Array | string, ...args: string[]) =>
    verify('--vkey', log.vkey, '--receipt', await receipt(), '--entry', log.file('e.json', entryBytes), ...args);

  it('is verified without any log, and says what the entry says', async () => {
    const { code, out, err } = await offline(rows[300]!);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Verified: the entry is number 300 of .*, which had 600 entries then\.\n/);
    expect(out).toContain('viewing.open');
    expect(out).toContain('purpose: "Va chạm giao thông ở ngã tư"');
    expect(JSON.parse((await offline(rows[300]!, '--json')).out)).toMatchObject({
      outcome: 'verified',
      what: 'receipt',
      index: 300,
      entry: { action: 'viewing.open' },
    });
  });

  it('forgives the line feed that an editor put at the end', async () => {
    for (const end of ['\n', '\r\n'])
      expect((await offline(Buffer.concat([rows[300]!, Buffer.from(end)]))).code).toBe(0);
    expect((await offline(Buffer.concat([rows[300]!, Buffer.from(' ')]))).code).toBe(1);
  });

  it('does not prove another entry, nor anything to whoever trusts another key', async () => {
    const { code, err } = await offline(rows[301]!);
    expect([code, err]).toEqual([
      1,
      `louver: WRONG: ${await receipt()}: the proof does not lead from leaf 300 to the root of size 600\n`,
    ]);
    const other = log.file('other.vkey', vkeyLine(0x12));
    const args = ['--receipt', await receipt(), '--entry', log.file('e.json', rows[300]!)];
    expect((await verify('--vkey', other, ...args)).code).toBe(1);
  });

  it('reads no log even where one is named', async () => {
    const { code, err } = await verify(
      'http://127.0.0.1:1/log',
      '--vkey',
      log.vkey,
      '--receipt',
      await receipt(),
      '--entry',
      log.file('e.json', rows[300]!),
    );
    expect([code, err]).toEqual([0, expect.stringContaining('the log was not read')]);
  });
});
