// SPDX-License-Identifier: AGPL-3.0-or-later
import { generateKeyPairSync } from 'node:crypto';
import { openCheckpoint, parsePolicy, QuorumUnmet, signerOf } from '@louver/ledger';
import { aLog, fakeClock, type TestLog } from '@louver/testkit';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aWitness, cosignature, sizeOf, type Script, type ScriptedWitness } from '../testing/scripted-witness.ts';
import { askWitnesses, type WitnessOptions, type Witnesses } from './witnesses.ts';

/** For tests that wait for it. The others share two cores with whoever else tests, and get as long as they need. */
const TIME_LIMIT = 1_500;
const PATIENCE = 20_000;
vi.setConfig({ testTimeout: 30_000 });
let log: TestLog;
let said: { level: number; msg: string; witness?: string; problem?: string }[];
let registry: Registry;
let clock: ReturnType<typeof fakeClock>;
const cleanUp: (() => unknown)[] = [];

beforeEach(() => {
  log = aLog(7);
  said = [];
  registry = new Registry();
  clock = fakeClock();
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

async function some(...scripts: (Script | undefined)[]): Promise<ScriptedWitness[]> {
  const made = await Promise.all(scripts.map(async (script, i) => aWitness(`w${i}`, script)));
  cleanUp.push(...made.map((each) => each.close));
  return made;
}

const policyOf = (witnesses: readonly ScriptedWitness[], rule: string, more = '') =>
  parsePolicy(
    [
      `log ${log.vkey}`,
      ...witnesses.map(({ line }) => line),
      more,
      `group all-of-them ${rule} ${witnesses.map(({ name }) => name).join(' ')}`,
      'quorum all-of-them',
    ].join('\n'),
  );

function asking(witnesses: readonly ScriptedWitness[], rule = 'all', more: Partial<WitnessOptions> = {}): Witnesses {
  const lines = { write: (line: string) => void said.push(JSON.parse(line)) };
  const asked = askWitnesses({
    policy: policyOf(witnesses, rule),
    log: pino({}, lines),
    registry,
    timeoutMs: PATIENCE,
    now: clock.now,
    ...more,
  });
  cleanUp.push(asked.stop);
  return asked;
}

const cosigned = async ({ cosign }: Witnesses, size?: number): Promise<string> =>
  cosign(log.checkpoint(size), log.read);
/** Names of the witnesses whose line is in it. */
const by = (signed: string, witnesses: readonly ScriptedWitness[]): string[] =>
  witnesses.filter(({ signer }) => signed.includes(`— ${signer.key.name} `)).map(({ name }) => name);

async function until(what: () => unknown): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!what()) {
    if (Date.now() > deadline) throw new Error(`never came true: ${String(what)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const silence: Script = () => undefined;
const gone: Script = (response) => response.destroy();

describe('a checkpoint', () => {
  it('is cosigned at first contact, and again as the log grows, with a proof from its tiles', async () => {
    const witnesses = await some(undefined, undefined);
    const asked = asking(witnesses);
    await expect(openCheckpoint(await cosigned(asked), policyOf(witnesses, 'all'))).resolves.toMatchObject({ size: 7 });
    log.grow(600);
    await expect(openCheckpoint(await cosigned(asked), policyOf(witnesses, 'all'))).resolves.toMatchObject({
      size: 607,
    });
    expect(witnesses[0]!.asked.map(({ oldSize }) => oldSize)).toEqual([0, 7]);
    expect(asked.health()).toEqual(
      ['w0', 'w1'].map((name) => ({
        name,
        lastCosignedSize: 607,
        lastSeenAt: clock.now().toISOString(),
        problem: null,
      })),
    );
  });

  it('learns from 409 where the witness is, also when the sealer is new and the witness is not', async () => {
    const witnesses = await some(undefined);
    await cosigned(asking(witnesses));
    log.grow(3);
    const anew = asking(witnesses, 'all', { registry: new Registry() });
    expect(by(await cosigned(anew), witnesses)).toEqual(['w0']);
    expect(witnesses[0]!.asked.map(({ oldSize }) => oldSize)).toEqual([0, 0, 7]);
  });

  it('goes on its way as it is when the policy names no witness', async () => {
    const { cosign } = askWitnesses({
      policy: parsePolicy(`log ${log.vkey}\nquorum none`),
      log: pino({ level: 'silent' }),
    });
    expect(await cosign(log.checkpoint(), log.read)).toBe(log.checkpoint().signed);
  });

  it('keeps the lines it has, and a witness is not asked twice for the same', async () => {
    const witnesses = await some(undefined, gone);
    const asked = asking(witnesses);
    const first = await cosigned(asked);
    expect(by(first, witnesses)).toEqual(['w0']);
    witnesses[1]!.script = undefined;
    clock.advance(5_000);
    const second = await asked.cosign({ ...log.checkpoint(), signed: first }, log.read);
    await expect(openCheckpoint(second, policyOf(witnesses, 'all'))).resolves.toMatchObject({ size: 7 });
    expect(witnesses[0]!.asked).toHaveLength(1);
  });
});

describe('the quorum', () => {
  it.each([
    ['any', 1],
    ['2', 2],
    ['all', 3],
  ])('%s is waited for, and no witness beyond it', async (rule, needed) => {
    const witnesses = await some(...[0, 1, 2].map((i) => (i < needed ? undefined : silence)));
    const asked = asking(witnesses, rule, { timeoutMs: 25_000 });
    await expect(openCheckpoint(await cosigned(asked), policyOf(witnesses, rule))).resolves.toMatchObject({ size: 7 });
  });

  it('that cannot be met ends with the time limit, with what there is', async () => {
    const witnesses = await some(undefined, silence);
    const asked = asking(witnesses, 'all', { timeoutMs: TIME_LIMIT });
    const start = performance.now();
    const signed = await cosigned(asked);
    expect(performance.now() - start).toBeGreaterThan(TIME_LIMIT * 0.9);
    expect(by(signed, witnesses)).toEqual(['w0']);
    await expect(openCheckpoint(signed, policyOf(witnesses, 'all'))).rejects.toThrow(QuorumUnmet);
    await until(() => asked.health()[1]!.problem === `it did not answer within ${TIME_LIMIT / 1000} s`);
  });

  it('of none waits for nobody', async () => {
    const [witness] = await some(silence);
    const policy = parsePolicy(`log ${log.vkey}\n${witness!.line}\nquorum none`);
    const asked = asking([witness!], 'all', { policy, timeoutMs: 25_000 });
    expect(await cosigned(asked)).toBe(log.checkpoint().signed);
  });

  it('is joined by whoever answers within the grace', async () => {
    const witnesses = await some(undefined, undefined, undefined);
    const asked = asking(witnesses, 'any', { graceMs: 5_000 });
    expect(by(await cosigned(asked), witnesses)).toEqual(['w0', 'w1', 'w2']);
  });
});

describe('a witness that lies', () => {
  const other = signerOf('w0.example/w', 'cosignature/v1', generateKeyPairSync('ed25519').privateKey);
  const LIES: [string, (own: () => ScriptedWitness) => Script, string][] = [
    [
      'with a wrong signature',
      (own) => (response, request) => {
        const line = cosignature(own().signer, request);
        const blob = Buffer.from(line.split(' ')[2]!, 'base64');
        blob[75]! ^= 1;
        response.end(`${line.split(' ').slice(0, 2).join(' ')} ${blob.toString('base64')}\n`);
      },
      'its cosignature is wrong',
    ],
    [
      'with another key of its name',
      () => (response, request) => response.end(cosignature(other, request)),
      'its cosignature is wrong',
    ],
    [
      'by cosigning another text',
      (own) => (response) =>
        response.end(cosignature(own().signer, { oldSize: 0, proof: [], checkpoint: log.checkpoint(3).signed })),
      'its cosignature is wrong',
    ],
    ['by sending no line', () => (response) => response.end('thank you\n'), 'its cosignature is wrong'],
    [
      'with an answer that does not end',
      () => (response) => {
        const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), more));
        more();
      },
      'it answered more than 65536 bytes',
    ],
    ['by never answering', () => silence, 'it did not answer'],
    ['by stopping in the middle', () => (response) => response.writeHead(200).write('— w0'), 'it did not answer'],
    [
      'with 409 for the size it was sent',
      () =>
        (response, { oldSize }) =>
          response.writeHead(409, { 'Content-Type': 'text/x.tlog.size' }).end(`${oldSize}\n`),
      'it keeps answering 409',
    ],
    [
      'with a new size in each 409',
      () =>
        (response, { oldSize }) =>
          response.writeHead(409, { 'Content-Type': 'text/x.tlog.size' }).end(`${(oldSize + 1) % 7}\n`),
      'it keeps answering 409',
    ],
    [
      'with a 409 that is no size',
      () => (response) => response.writeHead(409, { 'Content-Type': 'text/x.tlog.size' }).end('1e3\n'),
      'without a size',
    ],
    [
      'with a 409 of another type',
      () => (response) => response.writeHead(409, { 'Content-Type': 'text/html' }).end('3\n'),
      'without a size',
    ],
    [
      'by sending us elsewhere',
      () => (response) => response.writeHead(307, { Location: 'http://127.0.0.1:9/' }).end(),
      'it cannot be asked',
    ],
    ['with 403', () => (response) => response.writeHead(403).end(), "does not know the log's key"],
    ['with 404', () => (response) => response.writeHead(404).end(), 'does not know the log'],
    [
      'with 500 and a page',
      () => (response) => response.writeHead(500).end(`<h1>\n${'x'.repeat(9_000)}`),
      'it answered 500: "<h1>',
    ],
  ];

  it.each(LIES)('%s adds nothing, holds up nobody, and is named', async (_, lie, problem) => {
    const witnesses = await some(undefined, undefined);
    witnesses[0]!.script = lie(() => witnesses[0]!);
    const timeoutMs = problem === 'it did not answer' ? TIME_LIMIT : PATIENCE;
    const asked = asking(witnesses, 'any', { timeoutMs });
    const signed = await cosigned(asked);
    expect(by(signed, witnesses)).toEqual(['w1']);
    await until(() => asked.health()[0]!.problem !== null);
    expect(asked.health()[0]!.problem).toContain(problem);
    expect(asked.health()[0]!.problem!.length).toBeLessThan(400);
    expect(asked.health()[1]!.problem).toBeNull();
    expect(said.map(({ witness }) => witness)).toEqual(['w0']);
  });

  it('beside a true line in the name of others adds the true one only', async () => {
    const witnesses = await some(undefined, undefined);
    witnesses[0]!.script = (response, request) =>
      response.end(
        cosignature(other, request) +
          cosignature(witnesses[0]!.signer, request) +
          cosignature(witnesses[1]!.signer, request),
      );
    witnesses[1]!.script = gone;
    expect(by(await cosigned(asking(witnesses)), witnesses)).toEqual(['w0']);
  });
});

describe('a log that contradicts what was cosigned', () => {
  it('by a fork is an alarm: in the log, the metrics and the health', async () => {
    const witnesses = await some(undefined, undefined);
    await cosigned(asking(witnesses, 'any'));
    const fork = log.forkedAt(3);
    fork.grow(9);
    registry = new Registry();
    const asked = asking(witnesses);
    expect(await asked.cosign(fork.checkpoint(), fork.read)).toBe(fork.checkpoint().signed);
    expect(asked.health().map(({ problem }) => problem)).toEqual(
      Array(2).fill(expect.stringContaining('refuses the log')),
    );
    expect(said.filter(({ level, msg }) => level === 60 && msg.startsWith('ALARM'))).toHaveLength(2);
    expect(await registry.metrics()).toContain('louver_witness_inconsistent{witness="w0"} 1');
  });

  it('by a rollback is an alarm, until it has caught up on the same tree', async () => {
    const witnesses = await some(undefined);
    log.grow(20);
    await cosigned(asking(witnesses));
    registry = new Registry();
    const asked = asking(witnesses);
    expect(by(await cosigned(asked, 9), witnesses)).toEqual([]);
    expect(asked.health()[0]!.problem).toContain('it has cosigned 27 entries, and the log has 9');
    expect(said.at(-1)).toMatchObject({ level: 60 });
    log.grow(3);
    clock.advance(5_000);
    expect(by(await cosigned(asked), witnesses)).toEqual(['w0']);
    expect(by(await cosigned(asked, 29), witnesses)).toEqual([]);
    expect(asked.health()[0]!.problem).toContain('it has cosigned 30 entries, and the log has 29');
    clock.advance(5_000);
    log.grow();
    expect(by(await cosigned(asked), witnesses)).toEqual(['w0']);
    expect(await registry.metrics()).toContain('louver_witness_inconsistent{witness="w0"} 0');
  });
});

describe('many checkpoints', () => {
  it('reach a slow witness one at a time, and the newest wins', async () => {
    const release: (() => void)[] = [];
    const witnesses = await some((_response, _request, honest) => release.push(honest));
    const asked = asking(witnesses, 'all', { timeoutMs: 25_000 });
    const first = cosigned(asked);
    await until(() => release.length === 1);
    const waiting = Array.from({ length: 20 }, () => {
      log.grow();
      return cosigned(asked);
    });
    release.shift()!();
    expect(by(await first, witnesses)).toEqual(['w0']);
    await until(() => release.length === 1);
    // It stands at 7 now, which we know.
    release.shift()!();
    const answers = await Promise.all(waiting);
    expect(answers.map((signed) => by(signed, witnesses).length)).toEqual([...Array(19).fill(0), 1]);
    expect(witnesses[0]!.asked.map(sizeOf)).toEqual([7, 27]);
    expect(witnesses[0]!.mostAtOnce).toBe(1);
  });

  it('do not wait for a dead witness again and again, and find it when it is back', async () => {
    const witnesses = await some(undefined, silence);
    const asked = asking(witnesses, 'all', { timeoutMs: TIME_LIMIT });
    await cosigned(asked);
    await until(() => asked.health()[1]!.problem !== null);
    const start = performance.now();
    for (let i = 0; i < 20; i++) {
      log.grow();
      expect(by(await cosigned(asked), witnesses)).toEqual(['w0']);
    }
    // Twenty times the limit would be twice as much as this, ten times over.
    expect(performance.now() - start).toBeLessThan(TIME_LIMIT * 10);
    expect(witnesses[1]!.asked).toHaveLength(1);
    witnesses[1]!.script = undefined;
    clock.advance(5_000);
    expect(by(await cosigned(asked), witnesses)).toEqual(['w0', 'w1']);
    expect(said.map(({ msg }) => msg)).toEqual(['the witness does not cosign', 'the witness cosigns again']);
  });

  it('end when it is stopped, whoever is being asked', async () => {
    const witnesses = await some(silence);
    const asked = asking(witnesses, 'all', { timeoutMs: 25_000 });
    const waiting = cosigned(asked);
    await until(() => witnesses[0]!.asked.length === 1);
    asked.stop();
    expect(await waiting).toBe(log.checkpoint().signed);
  });
});

it('says which witness nobody can ask, and refuses an address that is none', async () => {
  const [witness] = await some(undefined);
  const policy = parsePolicy(`log ${log.vkey}\n${witness!.line.split(' ').slice(0, 3).join(' ')}\nquorum none`);
  const asked = askWitnesses({ policy, log: pino({ level: 'silent' }) });
  expect(asked.health()[0]).toMatchObject({
    name: 'w0',
    lastCosignedSize: 0,
    problem: 'the policy has no address for it',
  });
  const wrong = parsePolicy(`log ${log.vkey}\n${witness!.line.split(' ').slice(0, 3).join(' ')} nowhere\nquorum none`);
  expect(() => askWitnesses({ policy: wrong, log: pino({ level: 'silent' }) })).toThrow(TypeError);
});
