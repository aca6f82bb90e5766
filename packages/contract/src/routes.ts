// SPDX-License-Identifier: AGPL-3.0-or-later
import { sessionRoutes } from './routes/session.ts';
import { cameraRoutes } from './routes/camera.ts';
import { deviceRoutes } from './routes/device.ts';
import { maskRoutes } from './routes/mask.ts';
import { exposureRoutes } from './routes/exposure.ts';
import { viewingRoutes } from './routes/viewing.ts';
import { recordRoutes } from './routes/record.ts';
import { complaintRoutes } from './routes/complaint.ts';
import { placeRoutes } from './routes/place.ts';
import { planningRoutes } from './routes/planning.ts';

export { CameraFilter } from './routes/camera.ts';

/** Every endpoint of the API. */
export const routes = {
  ...sessionRoutes,
  ...cameraRoutes,
  ...deviceRoutes,
  ...maskRoutes,
  ...exposureRoutes,
  ...viewingRoutes,
  ...recordRoutes,
  ...placeRoutes,
  ...complaintRoutes,
  ...planningRoutes,
};

export type RouteName = keyof typeof routes;
