// SPDX-License-Identifier: AGPL-3.0-or-later
import { openDeviceAccess } from '@louver/db';
import { aCamera } from '@louver/testkit';
import { beforeAll, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
const ACCESS = { url: 'http://10.1.2.3/onvif/device_service', username: 'ops', password: 'p<w"&ö' };
let supervisor: SignedIn;
beforeAll(async () => {
  supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
});

it('a device is set, switched on, and forgotten, and every step is on the record without its address', async () => {
  const { cameraId } = await aCamera(api.owner);
  const of = `/api/v1/cameras/${cameraId}`;
  const idle = { wanted: false, able: null, state: 'idle', reason: null, since: null };
  expect((await supervisor.agent.get(`${of}/device`)).body).toEqual({ hasDevice: false, onDeviceMasks: idle });
  const early = await supervisor.agent.put(`${of}/on-device-masks`).send({ wanted: true });
  expect([early.status, (early.body as { slug: string }).slug]).toEqual([409, 'camera-without-device']);
  expect((await supervisor.agent.put(`${of}/device`).send(ACCESS)).status).toBe(204);
  expect((await supervisor.agent.put(`${of}/device`).send({ ...ACCESS, password: 'another' })).status).toBe(204);
  const chosen = await supervisor.agent.put(`${of}/on-device-masks`).send({ wanted: true });
  expect(chosen.body).toEqual({ hasDevice: true, onDeviceMasks: { ...idle, wanted: true } });
  expect((await supervisor.agent.delete(`${of}/device`)).status).toBe(204);
  expect((await supervisor.agent.get(`${of}/device`)).body).toEqual({ hasDevice: false, onDeviceMasks: idle });
  const records = await api.recordsOf(cameraId);
  expect(records).toMatchObject([
    { action: 'device.update', detail: { device: 'set' } },
    { action: 'device.update', detail: { device: 'replaced' } },
    { action: 'device.masks', detail: { wanted: true } },
    { action: 'device.update', detail: { device: 'removed' } },
  ]);
  expect(JSON.stringify(records)).not.toMatch(/10\.1\.2\.3|ops|p<w/);
});

it('its address is sealed for this camera, and the API cannot read it back', async () => {
  const [one, other] = [await aCamera(api.owner), await aCamera(api.owner)];
  await supervisor.agent.put(`/api/v1/cameras/${one.cameraId}/device`).send(ACCESS).expect(204);
  const { rows } = await api.owner.query<{ sealed: Buffer }>('SELECT sealed FROM camera_devices WHERE camera_id = $1', [
    one.cameraId,
  ]);
  const { credentials } = api.deps.keys;
  expect(openDeviceAccess(credentials, one.cameraId, rows[0]!.sealed)).toEqual(ACCESS);
  expect(() => openDeviceAccess(credentials, other.cameraId, rows[0]!.sealed)).toThrow('do not open');
  await expect(api.deps.pool.query('SELECT sealed FROM camera_devices')).rejects.toThrow('permission denied');
  await expect(api.deps.pool.query("UPDATE camera_devices SET masks_state = 'passing'")).rejects.toThrow(
    'permission denied',
  );
});

it.each([
  ['file:///etc/passwd'],
  ['http://user:pw@10.1.2.3/onvif'],
  ['http://10.1.2.3/onvif?x=1'],
  ["http://10.1.2.3/'onvif"],
  ['rtsp://10.1.2.3/1'],
])('an address like %s is refused', async (url) => {
  const { cameraId } = await aCamera(api.owner);
  const res = await supervisor.agent.put(`/api/v1/cameras/${cameraId}/device`).send({ ...ACCESS, url });
  expect(res.status).toBe(400);
});

it('whoever may not, and whoever is elsewhere, does not switch anything on', async () => {
  const { cameraId } = await aCamera(api.owner);
  await supervisor.agent.put(`/api/v1/cameras/${cameraId}/device`).send(ACCESS).expect(204);
  const administrator = await api.as('administrator', { jurisdictions: ['vn.p66'] });
  const foreign = await api.as('supervisor', { jurisdictions: ['vn.p79'] });
  const wanted = { wanted: true };
  expect((await administrator.agent.put(`/api/v1/cameras/${cameraId}/on-device-masks`).send(wanted)).status).toBe(403);
  expect((await foreign.agent.put(`/api/v1/cameras/${cameraId}/on-device-masks`).send(wanted)).status).toBe(404);
  expect((await foreign.agent.get(`/api/v1/cameras/${cameraId}/device`)).status).toBe(404);
});
