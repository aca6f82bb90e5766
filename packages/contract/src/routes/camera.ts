// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { Aim, AimDraft } from '../aim.ts';
import {
  Camera,
  CameraDraft,
  CameraPatch,
  CameraStatus,
  CameraSummary,
  HostPremises,
  Mobility,
  StreamSource,
  StreamState,
} from '../camera.ts';
import { BoundingBox } from '../geo.ts';
import { JurisdictionPath } from '../ids.ts';
import { route } from '../route.ts';
import { cursor, limit, ofAim, ofCamera, page, several } from './request.ts';

export const CameraFilter = z.strictObject({
  bbox: BoundingBox.exactOptional(),
  q: z.string().trim().max(100).exactOptional(),
  status: several(CameraStatus).exactOptional(),
  state: several(StreamState).exactOptional(),
  mobility: several(Mobility).exactOptional(),
  hostPremises: several(HostPremises).exactOptional(),
  jurisdiction: JurisdictionPath.exactOptional(),
});
export type CameraFilter = z.output<typeof CameraFilter>;

export const cameraRoutes = {
  listCameras: route({
    method: 'GET',
    path: '/cameras',
    summary: 'Cameras in a box, by code',
    action: 'camera.read',
    query: CameraFilter.extend({ limit, cursor }),
    status: 200,
    response: page(CameraSummary),
    problems: ['request-invalid'],
  }),
  mapCameras: route({
    method: 'GET',
    path: '/map/cameras',
    summary: 'All cameras that match, as binary columns for the map',
    action: 'camera.read',
    query: CameraFilter,
    status: 200,
    produces: 'application/vnd.louver.camera-columns',
    problems: ['request-invalid'],
  }),
  createCamera: route({
    method: 'POST',
    path: '/cameras',
    summary: 'Register a camera',
    action: 'camera.create',
    body: CameraDraft,
    status: 201,
    response: Camera,
    problems: ['request-invalid', 'camera-code-taken', 'jurisdiction-not-found'],
  }),
  readCamera: route({
    method: 'GET',
    path: '/cameras/:cameraId',
    summary: 'One camera',
    action: 'camera.read',
    params: ofCamera,
    status: 200,
    response: Camera,
    problems: ['camera-not-found'],
  }),
  updateCamera: route({
    method: 'PATCH',
    path: '/cameras/:cameraId',
    summary: 'Change what is stated of a camera',
    action: 'camera.update',
    params: ofCamera,
    body: CameraPatch,
    status: 200,
    response: Camera,
    problems: ['request-invalid', 'camera-not-found', 'camera-code-taken', 'jurisdiction-not-found'],
  }),
  putStream: route({
    method: 'PUT',
    path: '/cameras/:cameraId/stream',
    summary: 'Set where the stream is fetched; never answered back',
    action: 'stream.update',
    params: ofCamera,
    body: StreamSource,
    status: 204,
    problems: ['request-invalid', 'camera-not-found'],
  }),
  deleteStream: route({
    method: 'DELETE',
    path: '/cameras/:cameraId/stream',
    summary: 'Forget the stream',
    action: 'stream.update',
    params: ofCamera,
    status: 204,
    problems: ['camera-not-found'],
  }),
  createAim: route({
    method: 'POST',
    path: '/cameras/:cameraId/aims',
    summary: 'Add an aim',
    action: 'aim.create',
    params: ofCamera,
    body: AimDraft,
    status: 201,
    response: Aim,
    problems: ['request-invalid', 'camera-not-found'],
  }),
  changeAim: route({
    method: 'PUT',
    path: '/aims/:aimId',
    summary: 'Change an aim; its masks lose their force',
    action: 'aim.change',
    params: ofAim,
    body: AimDraft,
    status: 200,
    response: Aim,
    problems: ['request-invalid', 'aim-not-found'],
  }),
};
