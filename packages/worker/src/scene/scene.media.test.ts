// SPDX-License-Identifier: AGPL-3.0-or-later
// A camera that somebody knocks: everything is real but the street.
import type { loadClip } from '@louver/camsim';
import { anAccount, useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom, FRAME } from '../testing/control-room.ts';
import { aStreetClip } from '../testing/street-clips.ts';
import { aStreet } from '../testing/streets.ts';
import { until } from '../testing/watcher.ts';

const SLOW = 240_000;
const PATIENT = 90_000;
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
const street = aStreet(FRAME);
let room: ControlRoom;
let asApproved: Awaited<ReturnType<typeof loadClip>>;
let knocked: Awaited<ReturnType<typeof loadClip>>;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  [asApproved, knocked] = [
    await aStreetClip(street, FRAME),
    await aStreetClip(street, FRAME, { right: Math.round((FRAME.width * 2) / 60) }),
  ];
  await room.startWorker();
}, SLOW);
afterAll(() => room.close());

const referencesOf = async (cameraId: string) =>
  (
    await room.owner.query('SELECT id, ended_why FROM scene_references WHERE camera_id = $1 ORDER BY taken_at', [
      cameraId,
    ])
  ).rows as { id: string; ended_why: string | null }[];
const findingOf = async (cameraId: string) =>
  (
    await room.owner.query("SELECT id, state, detail FROM findings WHERE camera_id = $1 AND kind = 'scene-shift'", [
      cameraId,
    ])
  ).rows[0] as { id: string; state: string; detail: Record<string, unknown> } | undefined;
const actionsOf = async (cameraId: string) =>
  (
    await room.owner.query<{ action: string }>(
      "SELECT action FROM records WHERE camera_id = $1 AND action ~ '^(scene|output|finding)[.]' ORDER BY seq",
      [cameraId],
    )
  ).rows.map(({ action }) => action);
const sayTheSame = async (findingId: string, accountId: string) =>
  room.owner.query(
    "INSERT INTO finding_decisions (finding_id, decision, note, account_id) VALUES ($1, 'same-scene', 'looked at it', $2)",
    [findingId, accountId],
  );

it(
  'shows nothing any more within seconds, to those who watch and those who come, until two persons say that it is the same',
  async () => {
    const { cameraId, mount } = await room.aWatchableCamera();
    mount.switchTo(asApproved);
    const watcher = await room.watch(cameraId);
    await until('its scene is kept', PATIENT, async () => (await referencesOf(cameraId))[0]);
    const before = watcher.frames;
    await until('it goes on', PATIENT, () => watcher.frames > before + 60);
    expect(await findingOf(cameraId)).toBeUndefined();

    mount.switchTo(knocked);
    await watcher.untilWaiting('scene-shift', PATIENT);
    const shown = watcher.frames;
    const finding = await until('a finding', PATIENT, () => findingOf(cameraId));
    expect(finding).toMatchObject({ state: 'open', detail: { verdict: 'shifted', version: 1 } });
    expect(await actionsOf(cameraId)).toEqual(['scene.refer', 'output.stop', 'finding.open']);
    // It stays so when the camera is put back, and for whoever comes now.
    mount.switchTo(asApproved);
    const late = await room.watch(cameraId);
    await late.untilWaiting('scene-shift', PATIENT);

    const [one, two] = [
      await anAccount(room.owner, { role: 'reviewer' }),
      await anAccount(room.owner, { role: 'reviewer' }),
    ];
    await sayTheSame(finding.id, one.accountId);
    const decided = () =>
      room.owner.query("UPDATE findings SET state = 'decided', closed_at = now() WHERE id = $1", [finding.id]);
    await expect(decided()).rejects.toMatchObject({ constraint: 'finding_second_person' });
    await expect(sayTheSame(finding.id, one.accountId)).rejects.toMatchObject({ constraint: 'finding_second_person' });
    expect([watcher.frames, late.frames]).toEqual([shown, 0]);
    await sayTheSame(finding.id, two.accountId);
    await decided();
    await until('the picture is back', PATIENT, () => watcher.frames > shown + 10 && late.frames > 10);
    const kept = await until('a new reference', PATIENT, async () => {
      const all = await referencesOf(cameraId);
      return all.length === 2 ? all : undefined;
    });
    expect(kept.map(({ ended_why }) => ended_why)).toEqual(['same-scene', null]);
    watcher.close();
    late.close();
  },
  SLOW,
);

it(
  'is not compared with what its aim looked like before it was turned on purpose',
  async () => {
    const { cameraId, aimId, mount } = await room.aWatchableCamera();
    mount.switchTo(asApproved);
    const watcher = await room.watch(cameraId);
    await until('its scene is kept', PATIENT, async () => (await referencesOf(cameraId))[0]);
    mount.switchTo(knocked);
    await watcher.untilWaiting('scene-shift', PATIENT);
    await until('a finding', PATIENT, () => findingOf(cameraId));
    await room.owner.query('UPDATE aims SET heading_deg = 200 WHERE id = $1', [aimId]);
    expect((await referencesOf(cameraId))[0]?.ended_why).toBe('view-changed');
    const shown = watcher.frames;
    await room.setMasks(
      { cameraId, aimId },
      [
        [
          [0, 0],
          [0.3, 0],
          [0.3, 1],
        ],
      ],
      { version: 2 },
    );
    await until('the new aim is shown', PATIENT, () => watcher.frames > shown + 10);
    watcher.close();
  },
  SLOW,
);
