// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomBytes, randomUUID } from 'node:crypto';
import { CameraId } from '@louver/contract';
import { addressMac, sealCredentials } from '@louver/db';
import { expect, it } from 'vitest';
import { openSource } from './source.ts';

const key = randomBytes(32);
const cameraId = CameraId.parse(randomUUID());
const approved = { url: 'rtsp://10.0.0.7/road', username: 'louver', password: 'one' };
const mark = addressMac(key, cameraId, approved);

it('opens the address that the masks were decided for, under whatever password', () => {
  const renewed = { ...approved, password: 'two' };
  const sealed = sealCredentials(key, cameraId, renewed);
  expect(openSource(key, cameraId, { sealed, addressMac: mark })).toEqual(renewed);
});

it('opens no other address behind the same mark (P1)', () => {
  const sealed = sealCredentials(key, cameraId, { ...approved, url: 'rtsp://10.0.0.8/houses' });
  expect(() => openSource(key, cameraId, { sealed, addressMac: mark })).toThrow(/not the one/);
});
