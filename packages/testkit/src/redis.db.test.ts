// SPDX-License-Identifier: AGPL-3.0-or-later
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { claimRedis, useRedis } from './redis.ts';

const redis = useRedis();

it('keeps the keys of two files apart and gives an empty database back', async () => {
  const other = await claimRedis();
  const [mine, theirs] = [new Redis(redis.url), new Redis(other.url)];
  await mine.set('greeting', 'mine');
  await theirs.set('greeting', 'theirs');
  expect(await mine.get('greeting')).toBe('mine');

  await other.release();
  expect(await theirs.dbsize()).toBe(0);
  expect(await mine.get('greeting')).toBe('mine');
  mine.disconnect();
  theirs.disconnect();
});
