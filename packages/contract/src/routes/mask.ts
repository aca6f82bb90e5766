// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { CameraId, MaskSetId } from '../ids.ts';
import {
  MaskDecision,
  MaskProposal,
  MaskRenewal,
  MaskSet,
  MaskSetOrigin,
  MaskSetState,
  MasksInForce,
} from '../mask.ts';
import { route } from '../route.ts';
import { cursor, limit, ofAim, ofCamera, page, several } from './request.ts';

const ofMaskSet = z.object({ maskSetId: MaskSetId });

export const maskRoutes = {
  readMasks: route({
    method: 'GET',
    path: '/cameras/:cameraId/masks',
    summary: 'The masks in force now',
    action: 'mask.read',
    params: ofCamera,
    status: 200,
    response: MasksInForce,
    problems: ['camera-not-found', 'masks-unknown'],
  }),
  listMaskSets: route({
    method: 'GET',
    path: '/mask-sets',
    summary: 'Mask sets, newest first',
    action: 'mask.read',
    query: z.strictObject({
      state: several(MaskSetState).exactOptional(),
      /** Open proposals from geometry stand in the queue of exposures; here they are listed when asked for. */
      origin: MaskSetOrigin.exactOptional(),
      cameraId: CameraId.exactOptional(),
      limit,
      cursor,
    }),
    status: 200,
    response: page(MaskSet),
    problems: ['request-invalid'],
  }),
  readMaskSet: route({
    method: 'GET',
    path: '/mask-sets/:maskSetId',
    summary: 'One mask set, whatever became of it',
    action: 'mask.read',
    params: ofMaskSet,
    status: 200,
    response: MaskSet,
    problems: ['mask-set-not-found'],
  }),
  proposeMasks: route({
    method: 'POST',
    path: '/aims/:aimId/mask-sets',
    summary: 'Propose masks for an aim',
    action: 'mask.propose',
    params: ofAim,
    body: MaskProposal,
    status: 201,
    response: MaskSet,
    problems: ['request-invalid', 'aim-not-found', 'mask-set-outdated'],
  }),
  renewMasks: route({
    method: 'POST',
    path: '/mask-sets/:maskSetId/renewals',
    summary: 'Propose the masks in force once more, unchanged: another person approves them',
    action: 'mask.renew',
    params: ofMaskSet,
    body: MaskRenewal,
    status: 201,
    response: MaskSet,
    problems: ['request-invalid', 'mask-set-not-found', 'mask-set-outdated'],
  }),
  approveMasks: route({
    method: 'POST',
    path: '/mask-sets/:maskSetId/approve',
    summary: 'Put proposed masks in force',
    action: 'mask.approve',
    params: ofMaskSet,
    body: MaskDecision,
    status: 200,
    response: MaskSet,
    problems: [
      'mask-set-not-found',
      'mask-set-decided',
      'mask-set-outdated',
      'mask-author-decides',
      'mask-set-enforced',
      'mask-set-uncovers',
      'aim-uncalibrated',
    ],
  }),
  rejectMasks: route({
    method: 'POST',
    path: '/mask-sets/:maskSetId/reject',
    summary: 'Refuse proposed masks',
    action: 'mask.reject',
    params: ofMaskSet,
    body: MaskDecision,
    status: 200,
    response: MaskSet,
    problems: ['mask-set-not-found', 'mask-set-decided', 'mask-author-decides', 'mask-set-enforced'],
  }),
};
