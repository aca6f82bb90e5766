// SPDX-License-Identifier: AGPL-3.0-or-later
import { aCamera, aMaskSet } from '@louver/testkit';
import { expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();

it('shows nothing of a look whose record is not sealed in five seconds, and says on the record that it never began', async () => {
  const camera = await aCamera(api.owner);
  await aMaskSet(api.owner, camera);
  const operator = await api.as('operator');
  await api.sealer.sealer.stop();

  const began = Date.now();
  const answer = await operator.agent
    .post('/api/v1/viewings')
    .send({ cameraId: camera.cameraId, purpose: 'traffic jam' });
  expect(Date.now() - began).toBeGreaterThanOrEqual(5_000);
  expect(answer.status).toBe(503);
  expect(answer.type).toBe('application/problem+json');
  expect(answer.body.slug).toBe('record-not-sealed');
  expect(JSON.stringify(answer.body)).not.toContain('v2.');

  const { rows } = await api.owner.query<{ id: string }>('SELECT * FROM viewings WHERE camera_id = $1', [
    camera.cameraId,
  ]);
  expect(rows).toMatchObject([{ end_reason: 'never-started', frames_delivered: 0 }]);
  expect(await api.recordsOf(rows[0]!.id)).toMatchObject([
    { action: 'viewing.open', account_id: operator.accountId },
    {
      action: 'viewing.close',
      account_id: operator.accountId,
      camera_id: camera.cameraId,
      purpose: 'traffic jam',
      detail: { end: 'never-started' },
    },
  ]);
});
