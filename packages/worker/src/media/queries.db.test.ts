// SPDX-License-Identifier: AGPL-3.0-or-later
import { NOBODY, createPool, inTx } from '@louver/db';
import { aCamera, aMaskSet, useDatabase } from '@louver/testkit';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { findPolygons, findStandings } from './queries.ts';

const database = useDatabase();

it('gives no polygons that differ from those which were proposed and approved (P1)', async () => {
  const owner = new Client({ connectionString: database.ownerUrl });
  const pool = createPool(database.workerUrl);
  await owner.connect();
  try {
    const camera = await aCamera(owner);
    const { maskSetId } = await aMaskSet(owner, camera);
    const find = () =>
      inTx(pool, NOBODY, async (tx) => {
        const [standing] = await findStandings(tx, [camera.cameraId]);
        return findPolygons(tx, standing!.masks!);
      });
    expect(await find()).toHaveLength(1);
    // What a database owner can do who stops the trigger first.
    await owner.query('ALTER TABLE mask_sets DISABLE TRIGGER mask_sets_guard');
    await owner.query("UPDATE mask_sets SET polygons = '[]' WHERE id = $1", [maskSetId]);
    expect(await find()).toBeUndefined();
  } finally {
    await pool.end();
    await owner.end();
  }
});
