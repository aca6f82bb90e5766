// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimId, CameraId } from '@louver/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { only, roomRoute } from '../app/rooms.tsx';
import { dropped } from '../app/search-params.ts';

export const planningRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/planning',
  staticData: { room: 'control' },
  beforeLoad: only('camera.create'),
  /** The aim of a camera to begin from; without one the plan begins anywhere. */
  validateSearch: z.object({ camera: dropped(CameraId), aim: dropped(AimId) }),
  component: lazyRouteComponent(() => import('./PlannerPage.tsx'), 'PlannerPage'),
});
