// SPDX-License-Identifier: AGPL-3.0-or-later
import { DeviceAccess, DeviceStanding, OnDeviceMasksChoice } from '../device.ts';
import { route } from '../route.ts';
import { ofCamera } from './request.ts';

export const deviceRoutes = {
  readDevice: route({
    method: 'GET',
    path: '/cameras/:cameraId/device',
    summary: 'What is known of the camera as a device, and who burns in its masks',
    action: 'camera.read',
    params: ofCamera,
    status: 200,
    response: DeviceStanding,
    problems: ['camera-not-found'],
  }),
  putDevice: route({
    method: 'PUT',
    path: '/cameras/:cameraId/device',
    summary: 'Set where the device is asked; never answered back',
    action: 'device.update',
    params: ofCamera,
    body: DeviceAccess,
    status: 204,
    problems: ['request-invalid', 'camera-not-found'],
  }),
  deleteDevice: route({
    method: 'DELETE',
    path: '/cameras/:cameraId/device',
    summary: 'Forget the device; its masks are burned in here',
    action: 'device.update',
    params: ofCamera,
    status: 204,
    problems: ['camera-not-found'],
  }),
  chooseOnDeviceMasks: route({
    method: 'PUT',
    path: '/cameras/:cameraId/on-device-masks',
    summary: 'Let the device burn its masks in and pass its pictures on uncoded, or not',
    action: 'device.masks',
    params: ofCamera,
    body: OnDeviceMasksChoice,
    status: 200,
    response: DeviceStanding,
    problems: ['request-invalid', 'camera-not-found', 'camera-without-device'],
  }),
};
