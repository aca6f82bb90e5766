// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionPath } from '@louver/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { only, roomRoute } from '../app/rooms.tsx';
import { dropped } from '../app/search-params.ts';

export const placesRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/places',
  staticData: { room: 'control' },
  beforeLoad: only('jurisdiction.rule'),
  validateSearch: z.object({ place: dropped(JurisdictionPath) }),
  component: lazyRouteComponent(() => import('./PlacesPage.tsx'), 'PlacesPage'),
});
