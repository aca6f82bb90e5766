// SPDX-License-Identifier: AGPL-3.0-or-later
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogWrong, parseVkey, trustLogs, verifyLog } from '@louver/ledger';
import { createDatabase, createLogHome, createLogKey, type LogHome, type TestDatabase } from '@louver/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALog } from './testing/a-log.ts';

let database: TestDatabase & { drop: () => Promise<void> };
let home: LogHome;
let log: ALog;
const cleanUp: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  database = await createDatabase();
  home = await createLogHome();
  log = new ALog({ database, home });
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
  await log.close();
  await database.drop();
  await rm(home.dataDir, { recursive: true });
});

/** Another database below the same files: an older backup, say. */
async function anotherDatabase(): Promise<ALog> {
  const other = await createDatabase();
  const on = new ALog({ database: other, home });
  cleanUp.push(() => on.close(), other.drop);
  return on;
}

/** What only somebody with all rights on the database can do. */
const tamper = (statement: string) =>
  log.asOwner(
    `ALTER TABLE records DISABLE TRIGGER USER; ALTER TABLE record_leaves DISABLE TRIGGER USER;
     ALTER TABLE records DROP CONSTRAINT IF EXISTS record_digest_is_of_entry; ${statement}`,
  );

const files = async () =>
  Promise.all(['log/checkpoint', 'keys/log.floor'].map((path) => readFile(join(home.dataDir, path))));

describe('two sealers', () => {
  it('never sign two trees: the former one stops when it notices', async () => {
    const [former, latter] = [await log.start(), await log.start()];
    await log.append(3);
    const [refused, sealed] = await Promise.allSettled([former.sealNow(), latter.sealNow()]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { reason: 'replaced' } });
    expect(sealed).toEqual({ status: 'fulfilled', value: { size: 3 } });
    expect(await former.ended).toMatchObject({ reason: 'replaced' });
    expect(former.healthy()).toBe(false);
    expect(await log.verify()).toEqual({ size: 3 });
  });

  it('put no older checkpoint over a newer one, however long the former one stalled', async () => {
    let wakeUp = () => undefined as void;
    const stall = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    let stalled = () => undefined as void;
    const isStalled = new Promise<void>((resolve) => {
      stalled = resolve;
    });
    const former = await log.start({
      cosign: async ({ size, signed }) => {
        if (size > 0) stalled();
        if (size > 0) await stall;
        return signed;
      },
    });
    await log.append();
    await isStalled;
    const latter = await log.start();
    await log.append();
    expect(await latter.sealNow()).toEqual({ size: 2 });
    const before = await files();
    wakeUp();
    expect(await former.ended).toMatchObject({ reason: 'replaced' });
    expect(await files()).toEqual(before);
    expect(await log.verify()).toEqual({ size: 2 });
  });
});

describe('a database that does not continue what was published', () => {
  it.each(['log/checkpoint', 'keys/log.floor'])(
    'is refused by %s alone, naming both sizes, and nothing is overwritten',
    async (kept) => {
      await log.append(5);
      await (await log.start()).sealNow();
      await log.stopAll();
      const before = await files();
      const aside = kept === 'keys/log.floor' ? 'log/checkpoint' : 'keys/log.floor';
      await rename(join(home.dataDir, aside), join(home.dataDir, 'aside'));
      const restored = await anotherDatabase();
      await restored.append(9);
      await expect(restored.start()).rejects.toThrow(/knows 0 sealed records, but 5 were signed/);
      await expect(restored.start()).rejects.toMatchObject({ reason: 'rolled-back' });
      await rename(join(home.dataDir, 'aside'), join(home.dataDir, aside));
      expect(await files()).toEqual(before);
      // The right database still goes on.
      await (await log.start()).sealNow();
      expect(await log.verify()).toEqual({ size: 5 });
    },
  );

  it('is refused when it was sealed elsewhere to the same size, or a larger one', async () => {
    await log.append(5);
    await (await log.start()).sealNow();
    await log.stopAll();
    const before = await files();
    const elsewhere = await createLogHome();
    cleanUp.push(() => rm(elsewhere.dataDir, { recursive: true }));
    for (const more of [5, 300]) {
      const other = await createDatabase();
      const [there, here] = [new ALog({ database: other, home: elsewhere }), new ALog({ database: other, home })];
      await rm(elsewhere.logDir, { recursive: true, force: true });
      await rm(join(elsewhere.keyDir, 'log.floor'), { force: true });
      await there.append(more);
      await (await there.start()).sealNow();
      await there.close();
      await expect(here.start()).rejects.toMatchObject({ reason: 'forked' });
      await here.close();
      await other.drop();
    }
    expect(await files()).toEqual(before);
  });

  it('is refused when it falls back under a running sealer', async () => {
    const sealer = await log.start();
    await log.append(3);
    await sealer.sealNow();
    await log.asOwner(
      `ALTER TABLE log_state DISABLE TRIGGER USER; ALTER TABLE record_leaves DISABLE TRIGGER USER;
       DELETE FROM record_leaves WHERE leaf_index = 2; UPDATE log_state SET size = 2`,
    );
    await expect(sealer.sealNow()).rejects.toMatchObject({ reason: 'rolled-back' });
  });
});

describe('a record that is not what was appended', () => {
  it('is never signed when its entry was edited before it was sealed: sealing stops and names it', async () => {
    await log.append(2);
    const [{ seq }] = (await log.asOwner<{ seq: string }>('SELECT seq FROM records ORDER BY seq LIMIT 1')) as [
      { seq: string },
    ];
    await tamper(`UPDATE records SET entry = 'another' WHERE seq = ${seq}`);
    const sealer = await log.start();
    await expect(sealer.sealNow()).rejects.toThrow(`record ${seq} is not what was appended`);
    expect(await sealer.ended).toMatchObject({ reason: 'record-altered' });
    expect(sealer.healthy()).toBe(false);
    expect(await log.asOwner('SELECT size FROM log_state')).toEqual([{ size: '0' }]);
  });

  it('can hardly be made: the entry and its digest change only together', async () => {
    await log.append();
    await log.asOwner('ALTER TABLE records DISABLE TRIGGER USER');
    await expect(log.asOwner(`UPDATE records SET entry = 'another'`)).rejects.toThrow('record_digest_is_of_entry');
  });

  const REWRITES: [string, string][] = [
    [
      'edited',
      `UPDATE records SET entry = 'x', digest = encode(sha256('\\x0078'), 'hex') WHERE seq = (SELECT min(seq) FROM records)`,
    ],
    ['deleted', 'DELETE FROM records WHERE seq = (SELECT min(seq) FROM records)'],
    [
      'put in another order',
      `CREATE TABLE turned AS SELECT 299 - leaf_index AS leaf_index, record_seq FROM record_leaves; TRUNCATE record_leaves;
       INSERT INTO record_leaves SELECT * FROM turned`,
    ],
  ];
  it.each(REWRITES)(
    'is found out when the files are written anew from records that were %s',
    async (_how, statement) => {
      await log.append(300);
      await (await log.start()).sealNow();
      await log.stopAll();
      await tamper(`ALTER TABLE record_leaves DISABLE TRIGGER ALL; ${statement}`);
      await rm(home.logDir, { recursive: true });
      await expect(log.start()).rejects.toMatchObject({ reason: expect.stringMatching(/^(forked|record-altered)$/) });
    },
  );

  it('does not get into the published log, which still says what was sealed', async () => {
    await log.append(3);
    await (await log.start()).sealNow();
    await log.stopAll();
    await tamper(`UPDATE records SET entry = 'x', digest = encode(sha256('\\x0078'), 'hex')`);
    await (await log.start().catch(() => undefined))?.sealNow();
    const policy = trustLogs(parseVkey(home.vkey));
    expect(await verifyLog({ read: home.read, policy })).toMatchObject({ size: 3 });
    await writeFile(
      join(home.logDir, 'tile/entries/000.p/3'),
      Buffer.from('0001780001780001 78'.replace(' ', ''), 'hex'),
    );
    await expect(verifyLog({ read: home.read, policy })).rejects.toThrow(LogWrong);
  });
});

describe('the key', () => {
  it('is refused when others may read it, when nobody could verify by it, and when it is not there', async () => {
    await chmod(join(home.keyDir, 'log.key'), 0o640);
    await expect(log.start()).rejects.toThrow('others than its owner may read it');
    await createLogKey(home.keyDir, 'other.key');
    await rename(join(home.keyDir, 'other.key'), join(home.keyDir, 'log.key'));
    await expect(log.start()).rejects.toThrow('none of the keys in log.vkey');
    await rm(join(home.keyDir, 'log.key'));
    await expect(log.start()).rejects.toMatchObject({ reason: 'unsuitable-key' });
  });

  it('changes with an overlap, in which either key verifies', async () => {
    await log.append(3);
    await (await log.start()).sealNow();
    await log.stopAll();
    const next = await createLogKey(home.keyDir, 'log.next.key');
    await writeFile(join(home.keyDir, 'log.vkey'), `${home.vkey}\n${next}\n`);
    await (await log.start()).sealNow();
    for (const vkey of [home.vkey, next])
      expect(await verifyLog({ read: home.read, policy: trustLogs(parseVkey(vkey)) })).toMatchObject({ size: 3 });
    await log.stopAll();
    await rename(join(home.keyDir, 'log.next.key'), join(home.keyDir, 'log.key'));
    await writeFile(join(home.keyDir, 'log.vkey'), `${next}\n`);
    await log.append();
    expect(await (await log.start()).sealNow()).toEqual({ size: 4 });
  });
});
