// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LogOfEntries } from '../testing/log-of-entries.ts';
import { LogFollower } from './follower.ts';
import { LogTrust } from './trust.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'louver-follower-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = pino({ level: 'silent' });

/** Reads a log and keeps what it believes. */
function follow(log: LogOfEntries) {
  const vkeys = join(folder, `${Math.random()}.vkey`);
  writeFileSync(vkeys, log.vkeys);
  const seen: [number, string][] = [];
  const follower = new LogFollower({
    readFile: log.readFile,
    trust: new LogTrust({ policy: undefined, vkeys }, quiet),
    reader: {
      wants: (entry) => Buffer.from(entry).includes('mask'),
      read: (entry, index) =>
        seen.push([index, (JSON.parse(Buffer.from(entry).toString()) as { subject: string }).subject]),
    },
    log: quiet,
  });
  return { follower, seen };
}

const fill = (log: LogOfEntries, count: number) => {
  for (let i = 0; i < count; i++) log.append({ subject: `number ${log.entries.length}` });
};

it('reads what it wants from the first entry to the last, however the log grew, and nothing twice', async () => {
  const log = new LogOfEntries();
  const { follower, seen } = follow(log);
  await follower.catchUp();
  expect([follower.size, follower.healthy]).toEqual([0, true]);
  const expected: [number, string][] = [];
  for (const count of [1, 254, 1, 1, 300, 512, 0, 77]) {
    expected.push([log.entries.length, `mask ${count}`]);
    log.append({ subject: `mask ${count}` });
    fill(log, count);
    log.publish();
    await Promise.all([follower.catchUp(), follower.catchUp()]);
    expect([follower.size, follower.healthy]).toEqual([log.entries.length, true]);
    expect(seen).toEqual(expected);
  }
  const late = follow(log);
  await late.follower.catchUp();
  expect(late.seen).toEqual(expected);
});

it.each<[string, (log: LogOfEntries) => void]>([
  [
    'with another entry',
    (log) => {
      log.entries[3] = Buffer.from('{"subject":"mask of mine"}');
    },
  ],
  ['without an entry', (log) => void log.entries.splice(3, 1)],
  ['in another order', (log) => void log.entries.splice(3, 2, log.entries[4]!, log.entries[3]!)],
])('believes no part of a log whose files tell a story %s than the one that was signed', async (_name, change) => {
  const log = new LogOfEntries();
  fill(log, 20);
  log.publish();
  const forged = new LogOfEntries(...log.signers);
  forged.entries.push(...log.entries);
  change(forged);
  forged.publish();
  log.files.set('tile/entries/000.p/20', forged.files.get(`tile/entries/000.p/${forged.entries.length}`)!);
  const { follower, seen } = follow(log);
  await follower.catchUp();
  expect([follower.size, follower.healthy, seen]).toEqual([0, false, []]);
});

it('notices a log that is signed and no longer continues what it has read', async () => {
  const log = new LogOfEntries();
  fill(log, 300);
  log.publish();
  const { follower, seen } = follow(log);
  await follower.catchUp();
  const rewritten = new LogOfEntries(...log.signers);
  rewritten.entries.push(...log.entries);
  rewritten.append({ subject: 'mask that was not there' });
  rewritten.entries[5] = rewritten.entries[6]!;
  rewritten.publish();
  const good = new Map(log.files);
  for (const [path, bytes] of rewritten.files) log.files.set(path, bytes);
  await follower.catchUp();
  expect([follower.size, follower.healthy, seen]).toEqual([300, false, []]);
  // A smaller one is one that went back.
  const shorter = new LogOfEntries(...log.signers);
  shorter.entries.push(...log.entries.slice(0, 299));
  shorter.publish();
  log.files.set('checkpoint', shorter.files.get('checkpoint')!);
  await follower.catchUp();
  expect([follower.size, follower.healthy]).toEqual([300, false]);
  log.files.clear();
  await follower.catchUp();
  expect(follower.healthy).toBe(false);
  for (const [path, bytes] of good) log.files.set(path, bytes);
  await follower.catchUp();
  expect([follower.size, follower.healthy]).toEqual([300, true]);
});

it('believes nothing under a checkpoint of somebody else', async () => {
  const log = new LogOfEntries();
  const { follower } = follow(log);
  const stranger = new LogOfEntries();
  fill(stranger, 3);
  stranger.publish();
  for (const [path, bytes] of stranger.files) log.files.set(path, bytes);
  await follower.catchUp();
  expect([follower.size, follower.healthy]).toEqual([0, false]);
});

it('takes the full bundle where the partial one has given way to it', async () => {
  const log = new LogOfEntries();
  fill(log, 100);
  log.publish();
  const checkpoint = log.files.get('checkpoint')!;
  fill(log, 200);
  log.publish();
  log.files.delete('tile/entries/000.p/100');
  log.files.set('checkpoint', checkpoint);
  const { follower } = follow(log);
  await follower.catchUp();
  expect([follower.size, follower.healthy]).toEqual([100, true]);
});
