// SPDX-License-Identifier: AGPL-3.0-or-later
// What the database itself refuses, whatever the code above it forgets.
import { inTx, sql } from '@louver/db';
import { aCamera, aMaskSet, anAccount } from '@louver/testkit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const WARD_A = 'vn.p66.hoa_sua';
const WARD_B = 'vn.p66.ben_gio';
const Count = z.object({ count: z.number() });

describe('a statement that forgot its WHERE', () => {
  it('shows an actor of one ward nothing of another ward', async () => {
    const [a, b] = [
      await aCamera(api.owner, { jurisdiction: WARD_A }),
      await aCamera(api.owner, { jurisdiction: WARD_B }),
    ];
    for (const camera of [a, b]) {
      await aMaskSet(api.owner, camera);
      const { agent } = await api.as('operator');
      await agent.post('/api/v1/viewings').send({ cameraId: camera.cameraId, purpose: 'traffic jam' }).expect(201);
    }
    const seen = await inTx(api.deps.pool, { jurisdictions: [WARD_A] }, async (tx) => ({
      cameras: await tx.rows(sql`SELECT id FROM cameras`),
      aims: await tx.rows(sql`SELECT camera_id AS id FROM aims`),
      masks: await tx.rows(sql`SELECT camera_id AS id FROM mask_sets`),
      viewings: await tx.rows(sql`SELECT camera_id AS id FROM viewings`),
      records: await tx.rows(sql`SELECT DISTINCT camera_id AS id FROM records WHERE action = 'viewing.open'`),
    }));
    for (const rows of Object.values(seen)) expect(rows).toEqual([{ id: a.cameraId }]);
  });

  it('shows nothing at all to a transaction that acts for nobody', async () => {
    await aCamera(api.owner);
    const { count } = await inTx(api.deps.pool, { jurisdictions: [] }, (tx) =>
      tx.one(Count, sql`SELECT count(*)::int AS count FROM cameras`),
    );
    expect(count).toBe(0);
  });

  it('cannot write into another ward either', async () => {
    const { cameraId } = await aCamera(api.owner, { jurisdiction: WARD_B });
    const scope = { jurisdictions: [WARD_A] };
    expect(
      await inTx(api.deps.pool, scope, (tx) => tx.run(sql`UPDATE cameras SET name = 'mine'`)),
    ).toBeGreaterThanOrEqual(0);
    const { rows } = await api.owner.query('SELECT name FROM cameras WHERE id = $1', [cameraId]);
    expect(rows).not.toEqual([{ name: 'mine' }]);
    const move = inTx(api.deps.pool, scope, (tx) => tx.run(sql`UPDATE cameras SET jurisdiction = ${WARD_B}::ltree`));
    await expect(move).rejects.toThrow(/row-level security/);
  });
});

describe('the application role', () => {
  it.each([
    ['update a record', sql`UPDATE records SET purpose = 'nothing'`],
    ['delete a record', sql`DELETE FROM records`],
    ['empty the record', sql`TRUNCATE records`],
    ['read where a stream is', sql`SELECT sealed FROM camera_streams`],
    ['change what a mask set covers', sql`UPDATE mask_sets SET polygons = '[]'`],
    ['delete a viewing', sql`DELETE FROM viewings`],
    ['change why somebody looked', sql`UPDATE viewings SET purpose = 'nothing'`],
    ['give an account another role', sql`UPDATE accounts SET role = 'auditor'`],
  ])('may not %s', async (_what, statement) => {
    await aCamera(api.owner);
    await api.as('operator');
    const attempt = inTx(api.deps.pool, { jurisdictions: ['vn'] }, (tx) => tx.run(statement));
    await expect(attempt).rejects.toThrow(/permission denied/);
  });

  it('may not decide for a person what their other account proposed', async () => {
    const camera = await aCamera(api.owner);
    const author = await anAccount(api.owner, { role: 'supervisor' });
    const second = await anAccount(api.owner, { role: 'reviewer', personId: author.personId });
    const { maskSetId } = await aMaskSet(api.owner, { ...camera, state: 'proposed', author });
    const attempt = inTx(api.deps.pool, { jurisdictions: ['vn'] }, (tx) =>
      tx.run(sql`
        UPDATE mask_sets SET state = 'approved', decided_by = ${second.accountId}, decided_at = now() WHERE id = ${maskSetId}
      `),
    );
    await expect(attempt).rejects.toMatchObject({ constraint: 'mask_author_decides' });
  });
});

it('not even the owner of the record changes it', async () => {
  await api.as('operator');
  for (const statement of ['UPDATE records SET subject = subject', 'DELETE FROM records', 'TRUNCATE records CASCADE'])
    await expect(api.owner.query(statement)).rejects.toThrow(/only grows/);
});
