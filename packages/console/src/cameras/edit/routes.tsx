// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../../app/rooms.tsx';
import { HandedAim } from '../../planning/plan-values.ts';

const room = createRoute({
  getParentRoute: () => roomRoute,
  id: 'camera-edit-room',
  staticData: { room: 'control' },
});

const create = createRoute({
  getParentRoute: () => room,
  path: '/cameras/new',
  beforeLoad: only('camera.create'),
  component: lazyRouteComponent(() => import('./NewPage.tsx'), 'NewPage'),
});

const edit = createRoute({
  getParentRoute: () => room,
  path: '/cameras/$cameraId/edit',
  /** An aim that a plan hands over: it fills in the form and is saved by whoever looks at it there. */
  validateSearch: HandedAim,
  beforeLoad: only('stream.update'),
  component: lazyRouteComponent(() => import('./EditPage.tsx'), 'EditPage'),
});

export const cameraEditRoute = room.addChildren([create, edit]);
