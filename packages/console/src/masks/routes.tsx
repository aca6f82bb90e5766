// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimId, CameraId, MaskSetId } from '@louver/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { only, roomRoute } from '../app/rooms.tsx';
import { dropped } from '../app/search-params.ts';

const room = createRoute({
  getParentRoute: () => roomRoute,
  id: 'masks-room',
  staticData: { room: 'control' },
  beforeLoad: only('mask.read'),
});

const queue = createRoute({
  getParentRoute: () => room,
  path: '/masks',
  component: lazyRouteComponent(() => import('./QueuePage.tsx'), 'QueuePage'),
});

const review = createRoute({
  getParentRoute: () => room,
  path: '/masks/$maskSetId',
  /** The camera makes finding the set one question instead of many; a link without it works too. */
  validateSearch: z.object({ camera: dropped(CameraId) }),
  component: lazyRouteComponent(() => import('./ReviewPage.tsx'), 'ReviewPage'),
});

const editor = createRoute({
  getParentRoute: () => room,
  path: '/cameras/$cameraId/masks',
  /** `from` is a proposal to begin with instead of what is in force. */
  validateSearch: z.object({ aim: dropped(AimId), from: dropped(MaskSetId) }),
  beforeLoad: only('mask.propose'),
  component: lazyRouteComponent(() => import('./EditorPage.tsx'), 'EditorPage'),
});

export const masksRoute = room.addChildren([queue, review, editor]);
