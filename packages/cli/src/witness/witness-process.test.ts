// SPDX-License-Identifier: AGPL-3.0-or-later
// Real processes: what holds when they are killed, and when there are two.
import { createHash } from 'node:crypto';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { formatAddCheckpoint, isQuorumMet, parsePolicy } from '@louver/ledger';
import { aLog, type TestLog } from '@louver/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { louver } from '../testing/louver.ts';
import { startWitness, witnessFolder, type WitnessFolder, type WitnessProcess } from '../testing/witness-process.ts';

const NAME = 'witness.example/w1';
/** Each start compiles the sources anew, beside other tests on two cores. */
const PATIENCE = 120_000;
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

function aFolder(log: TestLog): WitnessFolder {
  const folder = witnessFolder(log.vkey);
  cleanUp.push(folder.remove);
  return folder;
}

async function aWitness(folder: WitnessFolder, ...more: string[]): Promise<WitnessProcess> {
  const witness = await startWitness(folder, NAME, ...more);
  cleanUp.push(async () => witness.kill());
  return witness;
}

/** The status, or undefined when the line dropped. */
async function add(url: string, of: TestLog, oldSize: number): Promise<number | undefined> {
  const body = formatAddCheckpoint({ oldSize, proof: of.proof(oldSize), checkpoint: of.checkpoint().signed });
  try {
    return (await fetch(`${url}/add-checkpoint`, { method: 'POST', body })).status;
  } catch {
    return undefined;
  }
}

const hashOf = (log: TestLog): string => createHash('sha256').update(log.signer.key.name).digest('hex');

describe('louver witness', () => {
  it(
    'makes a key for its owner only, says what the log’s operator needs, and keeps both at the next run',
    async () => {
      const log = aLog(3);
      const folder = aFolder(log);
      const witness = await aWitness(folder);
      expect(statSync(folder.key).mode & 0o777).toBe(0o600);
      expect(witness.said()).toContain('Made the key');
      const policy = parsePolicy(
        witness
          .said()
          .split('\n')
          .filter((line) => /^(log|witness|quorum) /.test(line))
          .join('\n'),
      );
      expect(policy.witnesses.get(NAME)).toMatchObject({ url: witness.url, key: { kind: 'cosignature/v1' } });
      expect(isQuorumMet(policy, [])).toBe(false);
      expect(await add(witness.url, log, 0)).toBe(200);
      await witness.kill('SIGTERM');
      const again = await aWitness(folder, '--url', 'https://witness.example');
      expect(again.vkey).toBe(witness.vkey);
      expect(again.said()).toContain(`witness ${NAME} ${witness.vkey} https://witness.example\n`);
      expect(again.said()).not.toContain('Made the key');
      await again.kill();
      expect(await add((await aWitness(folder)).url, log, 0)).toBe(409);
    },
    PATIENCE,
  );

  it(
    'is refused on a state folder that another process works on, and not after that one was killed',
    async () => {
      const folder = aFolder(aLog(1));
      const first = await aWitness(folder);
      await expect(startWitness(folder, NAME)).rejects.toThrow('another witness works on');
      await first.kill();
      await expect(aWitness(folder)).resolves.toMatchObject({ vkey: first.vkey });
    },
    PATIENCE,
  );

  it(
    'is refused with a key that was made before and no memory, unless somebody answers for it',
    async () => {
      const folder = aFolder(aLog(1));
      await (await aWitness(folder)).kill();
      rmSync(folder.state, { recursive: true });
      await expect(startWitness(folder, NAME)).rejects.toThrow('--accept-empty-state');
      await expect(aWitness(folder, '--accept-empty-state')).resolves.toBeDefined();
    },
    PATIENCE,
  );

  it(
    'is refused with the state of another key, and with a key that others can read',
    async () => {
      const [folder, other] = [aFolder(aLog(1)), aFolder(aLog(1))];
      for (const each of [folder, other]) await (await aWitness(each)).kill();
      await expect(startWitness({ ...folder, state: other.state }, NAME)).rejects.toThrow('the state of another key');
      chmodSync(folder.key, 0o644);
      await expect(startWitness(folder, NAME)).rejects.toThrow('can be read by others');
    },
    PATIENCE,
  );

  it.each([
    ['no key', '', 'holds no verifier key'],
    ['rubbish', 'rubbish\n', 'is no vkey'],
    [
      'the key of a witness',
      'witness.example.org/w1+109b1ff7+BKCapfR6Z1mAL/lV+NwtKhSlyZ0jvpf4ZBJ/+Tg0VaTw',
      'not of a log',
    ],
  ])('is refused (2) with a file of log keys that holds %s', async (_, text, why) => {
    const folder = aFolder(aLog());
    writeFileSync(folder.vkeys, text);
    const options = [
      '--key',
      folder.key,
      '--name',
      NAME,
      '--log',
      folder.vkeys,
      '--state',
      folder.state,
      '--port',
      '0',
    ];
    expect(await louver(['witness', ...options])).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });

  it('cosigns one tree only, whenever it is killed', async () => {
    const race = new Race(aLog());
    const folder = aFolder(race.log);
    for (let kills = 0; kills < 24; kills++) await race.untilKilled(await aWitness(folder));
    const bySize = race.cosigned.toSorted((a, b) => a.size - b.size);
    for (const [i, tree] of bySize.entries())
      for (const later of bySize.slice(i + 1)) expect(later.checkpoint(tree.size).text).toBe(tree.checkpoint().text);
    expect(race.cosigned.length).toBeGreaterThanOrEqual(24);
    // Otherwise the kills never met a witness at work.
    expect(race.cutOff).toBeGreaterThan(4);
  }, 400_000);
});

/** Offers a witness two trees that cannot both be true, again and again. */
class Race {
  readonly log: TestLog;
  readonly cosigned: TestLog[] = [];
  cutOff = 0;
  readonly #offered = new Map<string, TestLog>();

  constructor(log: TestLog) {
    this.log = log;
  }

  /** At a random moment of a step that is as long as the one before: however slow the machine is, the kill meets work. */
  async untilKilled(witness: WitnessProcess): Promise<void> {
    let tookMs = 0;
    for (let steps = Math.random() * 3; steps > 0; steps--) {
      const start = performance.now();
      await this.#once(witness.url);
      tookMs = performance.now() - start;
    }
    setTimeout(() => void witness.kill(), Math.random() * tookMs);
    const gone = new Promise((resolve) => witness.process.once('exit', resolve));
    while (await this.#once(witness.url));
    await gone;
  }

  /** @returns false when the witness is gone */
  async #once(url: string): Promise<boolean> {
    const tip = await this.#tip(url);
    if (!tip) return false;
    const rivals = [tip.forkedAt(tip.size), tip.forkedAt(tip.size)];
    for (const rival of rivals) {
      rival.grow(1 + Math.floor(Math.random() * 3));
      this.#offered.set(rival.checkpoint().text, rival);
    }
    const answers = await Promise.all(
      rivals.map(async (rival) => Promise.all([1, 2].map(async () => add(url, rival, tip.size)))),
    );
    const won = rivals.filter((_, i) => answers[i]!.includes(200));
    if (won.length > 1) throw new Error(`two trees of one size are cosigned: ${tip.size} and more`);
    this.cosigned.push(...won);
    if (!answers.flat().includes(undefined)) return true;
    this.cutOff++;
    return false;
  }

  /** What it shows: maybe newer than its last answer, never older and never another tree. Undefined when it is gone. */
  async #tip(url: string): Promise<TestLog | undefined> {
    const response = await fetch(`${url}/${hashOf(this.log)}/checkpoint`).catch(() => undefined);
    const shown = await response?.text().catch(() => undefined);
    if (response === undefined || shown === undefined) return undefined;
    const tip = response.status === 404 ? this.log : this.#offered.get(shown.slice(0, shown.indexOf('\n\n') + 1));
    if (!tip) throw new Error(`it shows what was never offered: ${shown}`);
    const newest = this.cosigned.at(-1);
    if (newest && (tip.size < newest.size || tip.checkpoint(newest.size).text !== newest.checkpoint().text))
      throw new Error(`it shows ${shown}after it had cosigned ${newest.checkpoint().text}`);
    return tip;
  }
}
