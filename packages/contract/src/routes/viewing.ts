// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { ViewingId } from '../ids.ts';
import { OpenedViewing, ViewingRequest } from '../viewing.ts';
import { route } from '../route.ts';

const ofViewing = z.object({ viewingId: ViewingId });

export const viewingRoutes = {
  openViewing: route({
    method: 'POST',
    path: '/viewings',
    summary: 'State a purpose and get a ticket to look',
    action: 'viewing.open',
    body: ViewingRequest,
    status: 201,
    response: OpenedViewing,
    problems: [
      'request-invalid',
      'camera-not-found',
      'camera-without-stream',
      'camera-not-live',
      'aim-uncalibrated',
      'masks-unknown',
      'masks-expired',
      'case-reference-required',
      'record-not-sealed',
    ],
  }),
  closeViewing: route({
    method: 'DELETE',
    path: '/viewings/:viewingId',
    summary: 'Stop looking',
    action: 'viewing.close',
    params: ofViewing,
    status: 204,
    problems: ['viewing-not-found'],
  }),
};
