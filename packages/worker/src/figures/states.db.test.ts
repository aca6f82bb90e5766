// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPool, inTx, NOBODY, type Pool, type Tx } from '@louver/db';
import { aCamera, aMaskSet, anAccount, useDatabase } from '@louver/testkit';
import type { AimId, CameraId } from '@louver/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHouse } from '../testing/homes.ts';
import { shortened } from './count.ts';
import { countCameras, countHomes, findRule, groupCameras, listWards } from './state-queries.ts';

const database = useDatabase();
let owner: Pool;
let worker: Pool;
beforeAll(() => {
  [owner, worker] = [createPool(database.ownerUrl, { max: 2 }), createPool(database.workerUrl, { max: 2 })];
});
afterAll(() => Promise.all([owner.end(), worker.end()]));

const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTx(worker, NOBODY, work);

interface Camera {
  cameraId: CameraId;
  aimId: AimId;
}

describe('homes', () => {
  const DIGEST = 'a'.repeat(64);
  const houses: string[] = [];
  let shed = '';
  let settled: Camera;
  let bare: Camera;

  /** A measurement that saw these, each at a level, too closely or not. */
  async function sees(
    { cameraId, aimId }: Camera,
    seen: readonly (readonly [string, string, boolean])[],
    digest = DIGEST,
  ) {
    await owner.query('UPDATE exposure_runs SET superseded_at = now() WHERE aim_id = $1 AND superseded_at IS NULL', [
      aimId,
    ]);
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
       VALUES ($1, $2, $3, '{}', $3, 1, ST_Multi(ST_MakeEnvelope(108.05, 12.68, 108.0501, 12.6801, 4326))) RETURNING id`,
      [aimId, cameraId, digest],
    );
    const { id } = rows[0]!;
    for (const [place, [house, dori, close]] of seen.entries())
      await owner.query(
        `INSERT INTO exposures (run_id, building_id, place, frame_share, pixels_per_metre, dori, distance_metres, facade_metres, breaches)
         VALUES ($1, $2, $3, 0.1, 130, $4, 22, 20, $5)`,
        [id, house, place, dori, close ? ['dori'] : []],
      );
    return id;
  }

  async function aFinding({ cameraId, aimId }: Camera, run: string, house: string): Promise<string> {
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO findings (aim_id, camera_id, aim_digest, policy_version, run_id, homes, due_at)
       VALUES ($1, $2, $3, 1, $4, jsonb_build_array(jsonb_build_object('buildingId', $5::text)), now()) RETURNING id`,
      [aimId, cameraId, DIGEST, run, house],
    );
    return rows[0]!.id;
  }

  const standing = async () => {
    const { tooClose, covered, dark, bare: shown } = await read(countHomes);
    return { tooClose, covered, dark, bare: shown };
  };

  beforeAll(async () => {
    for (let i = 0; i < 6; i += 1) houses.push(await aHouse(owner, { box: [i * 10, 20, i * 10 + 5, 25] }));
    shed = await aHouse(owner, { box: [80, 20, 85, 25], use: 'shed', isHome: false });
    const [h0, h1, h2, h3, h4, h5] = houses as [string, string, string, string, string, string];
    const [masked, unmasked] = [await aCamera(owner), await aCamera(owner)];
    await aMaskSet(owner, masked);
    // What two cameras see is one home, and the one that has a picture decides.
    await sees(masked, [
      [h0, 'recognise', true],
      [h1, 'observe', false],
      [shed, 'identify', true],
    ]);
    await sees(unmasked, [
      [h2, 'identify', true],
      [h0, 'detect', true],
    ]);
    bare = await aCamera(owner, { jurisdiction: 'vn.p66.ben_gio' });
    await aMaskSet(owner, bare);
    await aFinding(bare, await sees(bare, [[h3, 'recognise', true]]), h3);
    settled = await aCamera(owner);
    await aMaskSet(owner, settled);
    const finding = await aFinding(settled, await sees(settled, [[h4, 'recognise', true]]), h4);
    const { accountId } = await anAccount(owner, { role: 'reviewer' });
    await owner.query(
      "INSERT INTO finding_decisions (finding_id, decision, note, account_id) VALUES ($1, 'no-breach', 'a shop', $2)",
      [finding, accountId],
    );
    await owner.query("UPDATE findings SET state = 'decided', closed_at = now() WHERE id = $1", [finding]);
    const planned = await aCamera(owner, { status: 'planned' });
    await sees(planned, [[h5, 'identify', true]]);
    await owner.query('DELETE FROM exposure_work');
  }, 60_000);

  it('are counted once by their closest look, and buildings that are none, and planned cameras, are not', async () => {
    const { detect, observe, recognise, identify } = await read(countHomes);
    expect({ detect, observe, recognise, identify }).toEqual({ detect: 0, observe: 1, recognise: 3, identify: 1 });
  });

  it('are covered, dark, or still shown: by a finding that masks do not meet yet, or by what people decided', async () => {
    expect(await standing()).toEqual({ tooClose: 4, covered: 1, dark: 1, bare: 2 });
  });

  it('are divided by the ward of the camera', async () => {
    const wards = await read(listWards);
    expect(wards.map(({ path, tooClose, bare: shown }) => [path, tooClose, shown])).toEqual([
      ['vn.p66.ben_gio', 1, 1],
      ['vn.p66.hoa_sua', 3, 1],
    ]);
  });

  it('say how many views wait to be measured', async () => {
    expect(await read(findRule)).toEqual({ policyVersion: 1, unmeasured: 0 });
    await owner.query('SELECT want_exposures(ARRAY[$1::uuid], $2)', [bare.aimId, 'aim-changed']);
    expect((await read(findRule)).unmeasured).toBe(1);
  });

  it('are covered as soon as masks from geometry lie over them', async () => {
    await owner.query(
      `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, origin, run_id,
                              extends_id, enforced_at)
       SELECT base.aim_id, base.camera_id, 2, 'proposed', base.polygons || '[[[0.5,0.5],[0.6,0.5],[0.6,0.6]]]', frame_width, frame_height,
              digest, 'a home shows', 'geometry', r.id, base.id, now()
       FROM mask_sets base JOIN exposure_runs r ON r.aim_id = base.aim_id AND r.superseded_at IS NULL WHERE base.aim_id = $1`,
      [bare.aimId],
    );
    expect(await standing()).toEqual({ tooClose: 4, covered: 2, dark: 1, bare: 1 });
  });

  it('are not shown by a decision about another view than the camera has now', async () => {
    await sees(settled, [[houses[4]!, 'recognise', true]], 'b'.repeat(64));
    expect(await standing()).toEqual({ tooClose: 4, covered: 3, dark: 1, bare: 0 });
  });

  it('go dark when the aim of their camera is calibrated by nobody', async () => {
    await owner.query("UPDATE aims SET calibration = 'assumed' WHERE id = $1", [bare.aimId]);
    expect(await standing()).toEqual({ tooClose: 4, covered: 2, dark: 2, bare: 0 });
    await owner.query("UPDATE aims SET calibration = 'stated' WHERE id = $1", [bare.aimId]);
  });

  it('go dark when the masks of their camera have expired', async () => {
    await owner.query('ALTER TABLE mask_sets DISABLE TRIGGER USER');
    await owner.query("UPDATE mask_sets SET expires_at = now() - interval '1 day' WHERE aim_id = $1", [settled.aimId]);
    await owner.query('ALTER TABLE mask_sets ENABLE TRIGGER USER');
    expect(await standing()).toEqual({ tooClose: 4, covered: 2, dark: 2, bare: 0 });
  });
});

describe('cameras', () => {
  async function put(given: Record<string, string | null>) {
    const { cameraId } = await aCamera(owner, { jurisdiction: 'vn.p66.doi_thong' });
    for (const [column, value] of Object.entries(given))
      await owner.query(`UPDATE cameras SET ${column} = $2 WHERE id = $1`, [cameraId, value]);
  }

  beforeAll(async () => {
    await owner.query("UPDATE cameras SET status = 'retired'");
    const ward = { owner: 'UBND phường', purpose: 'Giao thông' };
    await put({ ...ward, publication: 'shown' });
    await put({ ...ward, owner: ' UBND phường ', publication: 'shown' });
    await put({ ...ward, publication: 'counted' });
    await put({ owner: 'Công ty Kín', purpose: 'Việc kín', publication: 'counted' });
    await put({ owner: 'Nguyễn Văn A', publication: 'shown', host_premises: 'private-house', purpose: ' ' });
    await put({ publication: 'shown', capabilities: '{face-recognition,microphone}' });
    await put({ ...ward, publication: 'shown', status: 'planned' });
    await put({ ...ward, publication: 'shown', status: 'retired' });
  }, 60_000);

  it('are counted whether or not they are shown', async () => {
    expect(await read(countCameras)).toEqual({ shown: 4, counted: 2, planned: 1, biometric: 1, sound: 1 });
  });

  it('are grouped by owner without telling whose a house is, or whose a camera is that is not shown', async () => {
    expect(await read((tx) => groupCameras(tx, 'owner'))).toEqual([
      { kind: 'named', name: 'UBND phường', cameras: 3 },
      { kind: 'private-house', name: null, cameras: 1 },
      { kind: 'unshown', name: null, cameras: 1 },
      { kind: 'unstated', name: null, cameras: 1 },
    ]);
  });

  it('are grouped by purpose, and every live one is in a group', async () => {
    const groups = await read((tx) => groupCameras(tx, 'purpose'));
    expect(groups).toEqual([
      { kind: 'named', name: 'Giao thông', cameras: 3 },
      { kind: 'unstated', name: null, cameras: 2 },
      { kind: 'unshown', name: null, cameras: 1 },
    ]);
  });

  it('have twenty names at most, and the rest together', () => {
    const named = Array.from({ length: 23 }, (_, i) => ({ kind: 'named' as const, name: `n${i}`, cameras: 30 - i }));
    const unstated = { kind: 'unstated' as const, name: null, cameras: 5 };
    const groups = shortened([...named, unstated]);
    expect(groups).toHaveLength(22);
    expect(groups.slice(-2)).toEqual([{ kind: 'others', name: null, cameras: 10 + 9 + 8 }, unstated]);
  });
});
