// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import {
  AimExposures,
  DoriLevel,
  ExposureProgress,
  Finding,
  FindingKind,
  FindingRow,
  FindingState,
  FindingVerdict,
  QueueRow,
} from '../exposure.ts';
import { CameraId, FindingId, JurisdictionPath } from '../ids.ts';
import { route } from '../route.ts';
import { cursor, limit, ofAim, page, several } from './request.ts';

const ofFinding = z.object({ findingId: FindingId });

export const exposureRoutes = {
  exposureQueue: route({
    method: 'GET',
    path: '/exposures/queue',
    summary: 'Cameras that look at homes, worst first',
    action: 'finding.read',
    query: z.strictObject({
      state: several(FindingState).exactOptional(),
      dori: several(DoriLevel).exactOptional(),
      jurisdiction: JurisdictionPath.exactOptional(),
      cameraId: CameraId.exactOptional(),
      overdue: z.stringbool().exactOptional(),
      limit,
      cursor,
    }),
    status: 200,
    response: page(QueueRow),
    problems: ['request-invalid'],
  }),
  exposureProgress: route({
    method: 'GET',
    path: '/exposures/progress',
    summary: 'How far the last recomputation of many aims is',
    action: 'exposure.read',
    status: 200,
    response: z.object({ recomputation: ExposureProgress.nullable() }),
    problems: [],
  }),
  recomputeExposures: route({
    method: 'POST',
    path: '/exposures/recompute',
    summary: 'Measure every aim of the jurisdictions held',
    action: 'exposure.recompute',
    status: 202,
    response: z.object({ recomputation: ExposureProgress.nullable() }),
    problems: [],
  }),
  aimExposures: route({
    method: 'GET',
    path: '/aims/:aimId/exposures',
    summary: 'Which homes an aim sees, by the last measurement',
    action: 'exposure.read',
    params: ofAim,
    status: 200,
    response: AimExposures,
    problems: ['aim-not-found'],
  }),
  listFindings: route({
    method: 'GET',
    path: '/findings',
    summary: 'All findings, open ones first, then the newest',
    action: 'finding.read',
    query: z.strictObject({
      kind: several(FindingKind).exactOptional(),
      state: several(FindingState).exactOptional(),
      cameraId: CameraId.exactOptional(),
      limit,
      cursor,
    }),
    status: 200,
    response: page(FindingRow),
    problems: ['request-invalid'],
  }),
  readFinding: route({
    method: 'GET',
    path: '/findings/:findingId',
    summary: 'One finding with its homes and decisions',
    action: 'finding.read',
    params: ofFinding,
    status: 200,
    response: Finding,
    problems: ['finding-not-found'],
  }),
  decideFinding: route({
    method: 'POST',
    path: '/findings/:findingId/decision',
    summary: 'Approve masks, order a new aim, or state that there is no breach',
    action: 'finding.decide',
    params: ofFinding,
    body: FindingVerdict,
    status: 200,
    response: Finding,
    problems: [
      'request-invalid',
      'finding-not-found',
      'finding-decided',
      'finding-second-person',
      'mask-set-not-found',
      'mask-set-decided',
      'mask-set-outdated',
      'mask-author-decides',
    ],
  }),
};
