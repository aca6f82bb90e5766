// SPDX-License-Identifier: AGPL-3.0-or-later
import { aCamera } from '@louver/testkit';
import { beforeEach, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';
import { createAdmission } from './admission.ts';

const api = useApi();
beforeEach(async () => {
  await api.deps.redis.flushdb();
});

/** How many refusals stand in the record after somebody knocked from each of these addresses. */
async function recordedAfter(addresses: string[]): Promise<number> {
  const { cameraId } = await aCamera(api.owner);
  const admit = createAdmission(api.deps);
  for (const address of addresses)
    await expect(admit({ cameraId, ticket: 'v2.x.y', address })).rejects.toMatchObject({ slug: 'ticket-forged' });
  return (await api.recordsOf('ticket')).filter((entry) => entry.camera_id === cameraId).length;
}
const many = (count: number, addressOf: (i: number) => string) => Array.from({ length: count }, (_, i) => addressOf(i));

it('counts the addresses of one subscriber as one, in either notation', async () => {
  expect(await recordedAfter(many(30, (i) => `2001:db8:0:1::${i.toString(16)}`))).toBe(20);
  const mixed = many(30, (i) => (i % 2 === 0 ? '203.0.113.7' : '::ffff:203.0.113.7'));
  expect(await recordedAfter(mixed)).toBe(20);
});

it('keeps room for others while one knocks without end, and has a limit for all together', async () => {
  await recordedAfter(many(100, () => '203.0.113.7'));
  expect(await recordedAfter(many(200, (i) => `2001:db8:0:${i.toString(16)}::1`))).toBe(180);
});
