// SPDX-License-Identifier: AGPL-3.0-or-later
export { type FakeClock, fakeClock } from './clock.ts';
export { type TestDatabase, createDatabase, useDatabase } from './database.ts';
export { type TestRedis, claimRedis, useRedis } from './redis.ts';
export { type LogHome, type TestSealer, createLogHome, createLogKey, TEST_LOG_ORIGIN, useSealer } from './sealer.ts';
export * from './builders.ts';
export { type TestLog, aLog } from './log.ts';
