// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealer and two witnesses in processes of their own: what is published meets the quorum, and only then.
import { rm } from 'node:fs/promises';
import { appendRecord, createPool, inTx, NOBODY, type Pool } from '@louver/db';
import {
  openCheckpoint,
  parsePolicy,
  QuorumUnmet,
  verifyLog,
  type Policy,
  type TrustedCheckpoint,
} from '@louver/ledger';
import { askWitnesses, startSealer, type Sealer, type Witnesses } from '@louver/sealer';
import { createLogHome, useDatabase, type LogHome } from '@louver/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWitness, witnessFolder, type WitnessFolder, type WitnessProcess } from '../testing/witness-process.ts';

const NAMES = ['city.example/w', 'ngo.example/w'] as const;
const database = useDatabase();
let home: LogHome;
let owner: Pool;
let folders: WitnessFolder[];
let processes: WitnessProcess[];
let policy: Policy;
let witnesses: Witnesses;
let sealer: Sealer;

beforeAll(async () => {
  home = await createLogHome();
  owner = createPool(database.ownerUrl, { max: 1 });
  folders = NAMES.map(() => witnessFolder(home.vkey));
  processes = await Promise.all(NAMES.map(async (name, i) => startWitness(folders[i]!, name)));
  const lines = processes.map(({ vkey, url }, i) => `witness ${NAMES[i]} ${vkey} ${url}`);
  policy = parsePolicy([`log ${home.vkey}`, ...lines, `group both all ${NAMES.join(' ')}`, 'quorum both'].join('\n'));
  const log = pino({ level: 'silent' });
  witnesses = askWitnesses({ policy, log });
  const { keyDir, logDir } = home;
  sealer = await startSealer({
    databaseUrl: database.sealerUrl,
    keyDir,
    logDir,
    log,
    policy,
    cosign: witnesses.cosign,
  });
});
afterAll(async () => {
  witnesses.stop();
  await sealer.stop();
  await Promise.all(processes.map(async (each) => each.kill()));
  for (const folder of folders) folder.remove();
  await owner.end();
  await rm(home.dataDir, { recursive: true, force: true });
});

const aRecord = () =>
  inTx(owner, NOBODY, (tx) => appendRecord(tx, { action: 'camera.create', actor: null, subject: 'a camera' }));
const published = async (): Promise<TrustedCheckpoint> => openCheckpoint((await home.read('checkpoint'))!, policy);

async function untilQuorum(size: number): Promise<TrustedCheckpoint> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const checkpoint = await published().catch((error: unknown) => {
      if (!(error instanceof QuorumUnmet) || Date.now() > deadline) throw error;
    });
    if (checkpoint && checkpoint.size >= size) return checkpoint;
    if (Date.now() > deadline) throw new Error(`no quorum for ${size} entries: ${JSON.stringify(witnesses.health())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a log with two witnesses', () => {
  it('is published with the cosignatures of both, from the first record on', async () => {
    for (let i = 0; i < 3; i++) await aRecord();
    const { size } = await sealer.sealNow();
    const { signatures } = await untilQuorum(size);
    expect(signatures.map(({ key }) => key.name).toSorted()).toEqual([...NAMES, 'test.louver.example/log'].toSorted());
    await expect(verifyLog({ read: home.read, policy })).resolves.toMatchObject({ size: 3 });
    expect(witnesses.health()).toMatchObject(NAMES.map((name) => ({ name, lastCosignedSize: 3, problem: null })));
  });

  it('goes on without one, below the quorum, and meets it again by itself when the witness is back', async () => {
    const [, ngo] = processes;
    await ngo!.kill();
    await aRecord();
    const { size } = await sealer.sealNow();
    await expect(published()).rejects.toThrow(QuorumUnmet);
    expect(witnesses.health()[1]!.problem).toContain('cannot be reached');

    processes[1] = await startWitness(folders[1]!, NAMES[1], '--port', new URL(ngo!.url).port);
    await expect(untilQuorum(size)).resolves.toMatchObject({ size });
    expect(witnesses.health().map(({ problem }) => problem)).toEqual([null, null]);
  });
});
