// SPDX-License-Identifier: AGPL-3.0-or-later
// Over HTTP, as a log meets it.
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAddCheckpoint, openCheckpoint, parsePolicy, formatVkey, signNote, signerOf } from '@louver/ledger';
import { aLog, type TestLog } from '@louver/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { witnessServer } from './server.ts';
import { WitnessedLog } from './witnessed-log.ts';

const signer = signerOf('witness.example/w1', 'cosignature/v1', generateKeyPairSync('ed25519').privateKey);
const HASH = /^[0-9a-f]{64}$/;
let folder: string;
let log: TestLog;
let url: string;
let lines: string[];
let close: () => Promise<void>;

async function serve(): Promise<void> {
  const logs = new Map([[log.signer.key.name, new WitnessedLog(folder, log.signer.key.name, [log.signer.key])]]);
  const say = (line: string): void => void lines.push(line);
  const server = witnessServer({ signer, logs, now: () => new Date(1_700_000_000_000), log: say, alarm: say });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'louver-witness-'));
  log = aLog(7);
  lines = [];
  await serve();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const post = async (body: string | Uint8Array) => {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
};
const add = async (oldSize: number, of: TestLog = log, size = of.size, proof = of.proof(oldSize, size)) =>
  post(formatAddCheckpoint({ oldSize, proof, checkpoint: of.checkpoint(size).signed }));
const policy = () => parsePolicy(`log ${log.vkey}\nwitness w ${formatVkey(signer.key)}\nquorum w\n`);
const latest = async () => {
  const [hash] = readdirSync(join(folder, 'logs')).filter((name) => HASH.test(name));
  return (await fetch(`${url}/${hash}/checkpoint`)).text();
};
const evidence = () => {
  const [hash] = readdirSync(join(folder, 'logs'));
  const path = join(folder, 'logs', hash!, 'evidence');
  return readdirSync(path).map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
};

describe('a witness', () => {
  it('cosigns the first checkpoint it sees, and each one that continues the last', async () => {
    const first = await add(0);
    expect(first.status).toBe(200);
    const cosigned = await openCheckpoint(`${log.checkpoint().signed}${first.body}`, policy());
    expect(cosigned.signatures.map(({ time }) => time)).toEqual([undefined, 1_700_000_000]);
    log.grow(300);
    expect(await add(7)).toMatchObject({ status: 200 });
    await expect(openCheckpoint(await latest(), policy())).resolves.toMatchObject({ size: 307 });
  });

  it('shows what it cosigned, and remembers it after a restart', async () => {
    await add(0);
    const shown = await latest();
    expect(shown).toContain(log.checkpoint().signed);
    await close();
    await serve();
    expect(await latest()).toBe(shown);
    expect(await add(0, log, 7, [])).toEqual({ status: 409, type: 'text/x.tlog.size', body: '7\n' });
  });

  it('cosigns the same tree again, also when its own line comes back with it a hundred times', async () => {
    await add(0);
    const { body } = await add(7);
    const many = formatAddCheckpoint({
      oldSize: 7,
      proof: [],
      checkpoint: `${log.checkpoint().signed}${body.repeat(99)}`,
    });
    expect(await post(many)).toMatchObject({ status: 200 });
    await close();
    await serve();
    await expect(openCheckpoint(await latest(), policy())).resolves.toMatchObject({ size: 7 });
  });

  it('lets one of two requests win that continue the same size', async () => {
    await add(0);
    const [a, b] = [log.forkedAt(7), log.forkedAt(7)];
    a.grow(3);
    b.grow(3);
    const answers = await Promise.all([add(7, a), add(7, b), add(7, a), add(7, b)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
  });

  it('says in one line what it is, and that it lives', async () => {
    await add(0);
    const page = await (await fetch(url)).text();
    expect(page).toContain(formatVkey(signer.key));
    expect(page).toContain('log.example/test: 7 entries');
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
    expect((await fetch(`${url}/${'0'.repeat(64)}/checkpoint`)).status).toBe(404);
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
  });
});

describe('a witness refuses', () => {
  it.each(['', 'old 0', 'old 0\n\n', 'old 0\n\nnot a note\n', 'new 0\n\nlog.example/test\n0\n'])(
    'what is no request (400): %j',
    async (body) => expect(await post(body)).toMatchObject({ status: 400 }),
  );

  it('an old size above the checkpoint’s (400), and 64 lines of proof (400)', async () => {
    expect(await add(0)).toMatchObject({ status: 200 });
    const { signed } = log.checkpoint();
    expect(await post(`old 8\n\n${signed}`)).toMatchObject({ status: 400 });
    expect(await post(`old 7\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n${signed}`)).toMatchObject({ status: 400 });
  });

  it('a body beyond its bound (400), also one that does not say its length', async () => {
    expect(await post('x'.repeat(100_000))).toMatchObject({ status: 400 });
    const parts = new ReadableStream({
      start(stream) {
        for (let i = 0; i < 20; i++) stream.enqueue(Buffer.alloc(10_000, 'x'));
        stream.close();
      },
    });
    const endless = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: parts, duplex: 'half' })
      .then(({ status }) => status)
      .catch(() => 'cut off');
    expect([400, 'cut off']).toContain(endless);
    expect(await add(0)).toMatchObject({ status: 200 });
  });

  it('a log that it does not know (404)', async () => {
    expect(await add(0, aLog(3, 'log.example/other'))).toMatchObject({ status: 404 });
  });

  it('another key of the log’s name, and a wrong signature of the known one (403)', async () => {
    expect(await add(0, aLog(7))).toMatchObject({ status: 403 });
    const { signed } = log.checkpoint();
    const wrong = signed.replace(log.checkpoint().text, log.forkedAt(6).checkpoint().text);
    expect(await post(`old 0\n\n${wrong}`)).toMatchObject({ status: 403 });
  });

  it('an old size that is not its own (409)', async () => {
    await add(0);
    log.grow();
    expect(await add(6)).toEqual({ status: 409, type: 'text/x.tlog.size', body: '7\n' });
    expect(await add(0)).toEqual({ status: 409, type: 'text/x.tlog.size', body: '7\n' });
  });

  it('a tree that does not continue the one before (422), and keeps both', async () => {
    await add(0);
    const rewritten = log.forkedAt(6);
    rewritten.grow(4);
    expect(await add(7, rewritten)).toMatchObject({ status: 422 });
    expect(await add(7, rewritten)).toMatchObject({ status: 422 });
    const [kept, ...others] = evidence();
    expect(others).toEqual([]);
    expect(kept!.name).toMatch(/^unproven-/);
    expect(kept!.text).toContain(log.checkpoint().signed);
    expect(kept!.text).toContain(rewritten.checkpoint().signed);
    expect(lines.join('\n')).toContain('ALARM: the log log.example/test');
    expect(await latest()).toContain(log.checkpoint().signed);
  });

  it('another tree of the same size (422), and convicts the log also when the old size did not fit (409)', async () => {
    await add(0);
    const [fork, other] = [log.forkedAt(3), log.forkedAt(3)];
    fork.grow(4);
    other.grow(4);
    expect(await add(7, fork)).toMatchObject({ status: 422 });
    expect(await add(0, other)).toMatchObject({ status: 409, body: '7\n' });
    expect(evidence().map(({ name }) => name.split('-')[0])).toEqual(['fork', 'fork']);
    expect(lines.filter((line) => line.includes('ANOTHER tree of size 7'))).toHaveLength(2);
  });

  it('a proof at first contact, and a wrong root of size 0 (422)', async () => {
    expect(await add(0, log, 7, log.proof(3))).toMatchObject({ status: 422 });
    const text = 'log.example/test\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n';
    expect(await post(`old 0\n\n${signNote(text, [log.signer])}`)).toMatchObject({ status: 422 });
    expect(await add(0, log, 0)).toMatchObject({ status: 200 });
    expect(await add(0)).toMatchObject({ status: 200 });
  });

  it('to answer before it is on disk (500), and cosigns once it can write again', async () => {
    await add(0);
    log.grow();
    const [hash] = readdirSync(join(folder, 'logs'));
    const place = join(folder, 'logs', hash!);
    // A folder where the temporary file belongs: root too cannot write that.
    mkdirSync(join(place, '.checkpoint.tmp'));
    expect(await add(7)).toMatchObject({ status: 500 });
    expect(await latest()).toContain(log.checkpoint(7).signed);
    rmSync(join(place, '.checkpoint.tmp'), { recursive: true });
    expect(await add(7)).toMatchObject({ status: 200 });
  });

  it('to go on when it cannot know what is on disk (500), until it is restarted', async () => {
    await add(0);
    log.grow();
    const [hash] = readdirSync(join(folder, 'logs'));
    const file = join(folder, 'logs', hash!, 'checkpoint');
    const kept = readFileSync(file);
    // A folder in the place of the file: the last step, renaming, fails.
    rmSync(file);
    mkdirSync(join(file, 'in the way'), { recursive: true });
    expect(await add(7)).toMatchObject({ status: 500 });
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    rmSync(file, { recursive: true });
    writeFileSync(file, kept);
    expect(await add(7)).toMatchObject({ status: 500 });
    await close();
    await serve();
    expect(await add(7)).toMatchObject({ status: 200 });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('to begin anew when its memory is damaged', async () => {
    await add(0);
    const [hash] = readdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs', hash!, 'checkpoint'), 'nothing\n');
    expect(() => new WitnessedLog(folder, 'log.example/test', [log.signer.key])).toThrow('is damaged');
  });
});
