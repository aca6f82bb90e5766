// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { Aim, AimDraft } from './aim.ts';
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
} from './camera.ts';
import { BoundingBox, Latitude, Longitude } from './geo.ts';
import { AuditorToken, AuditorTokenRequest, NewAuditorToken } from './auditor-token.ts';
import {
  AccountId,
  AimId,
  AuditorTokenId,
  CameraId,
  JurisdictionPath,
  MaskSetId,
  PersonId,
  RecordSeq,
  ViewingId,
} from './ids.ts';
import { ImportQuery, ImportReport } from './imports.ts';
import { LogStatus } from './log.ts';
import { MaskDecision, MaskProposal, MaskSet, MaskSetState, MasksInForce } from './mask.ts';
import { BuildingUse, Jurisdiction, Place } from './place.ts';
import { RecordEntry } from './record.ts';
import { route } from './route.ts';
import { Action } from './roles.ts';
import { Credentials, Session } from './session.ts';
import { OpenedViewing, Viewing, ViewingRequest } from './viewing.ts';

const ofCamera = z.object({ cameraId: CameraId });
const ofAim = z.object({ aimId: AimId });
const ofMaskSet = z.object({ maskSetId: MaskSetId });
const ofViewing = z.object({ viewingId: ViewingId });

/** A query may name a value once or several times: `?status=live&status=planned`. */
const several = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(20).exactOptional(),
  );

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

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
const limit = z.coerce.number().int().min(1).max(500).default(100);
const cursor = z.string().max(400).exactOptional();
const instant = z.iso.datetime({ offset: true });

/** Every endpoint of the API. */
export const routes = {
  openSession: route({
    method: 'POST',
    path: '/session',
    summary: 'Sign in',
    action: 'anybody',
    body: Credentials,
    status: 200,
    response: Session,
    problems: ['request-invalid', 'credentials-wrong', 'too-many-attempts'],
  }),
  readSession: route({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in',
    action: 'signed-in',
    status: 200,
    response: Session,
    problems: ['not-signed-in'],
  }),
  closeSession: route({
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    action: 'session.close',
    status: 204,
    problems: ['not-signed-in'],
  }),

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
  approveMasks: route({
    method: 'POST',
    path: '/mask-sets/:maskSetId/approve',
    summary: 'Put proposed masks in force',
    action: 'mask.approve',
    params: ofMaskSet,
    body: MaskDecision,
    status: 200,
    response: MaskSet,
    problems: ['mask-set-not-found', 'mask-set-decided', 'mask-set-outdated', 'mask-author-decides'],
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
    problems: ['mask-set-not-found', 'mask-set-decided', 'mask-author-decides'],
  }),

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
      'masks-unknown',
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

  listViewings: route({
    method: 'GET',
    path: '/oversight/viewings',
    summary: 'Who looked at which camera, for what purpose, from when to when',
    action: 'record.read',
    query: z.strictObject({
      camera: CameraId.exactOptional(),
      person: PersonId.exactOptional(),
      account: AccountId.exactOptional(),
      q: z.string().trim().max(100).exactOptional(),
      from: instant.exactOptional(),
      to: instant.exactOptional(),
      limit,
      cursor,
    }),
    status: 200,
    response: page(Viewing),
    problems: ['request-invalid'],
  }),
  listRecords: route({
    method: 'GET',
    path: '/oversight/records',
    summary: 'The access record, newest first',
    action: 'record.read',
    query: z.strictObject({
      action: several(Action).exactOptional(),
      /** What the record is of: an id, `records`, `file:<sha256>`, … */
      subject: z.string().min(1).max(200).exactOptional(),
      camera: CameraId.exactOptional(),
      account: AccountId.exactOptional(),
      from: instant.exactOptional(),
      to: instant.exactOptional(),
      limit,
      cursor,
    }),
    status: 200,
    response: page(RecordEntry),
    problems: ['request-invalid'],
  }),

  readReceipt: route({
    method: 'GET',
    path: '/records/:seq/receipt',
    summary: 'The proof that a record is in the log, as a tlog-proof',
    action: 'record.read',
    params: z.object({ seq: RecordSeq }),
    query: z.strictObject({ download: z.enum(['1']).exactOptional() }),
    status: 200,
    produces: 'text/plain; charset=utf-8',
    problems: ['record-not-found', 'record-not-sealed'],
  }),
  readLog: route({
    method: 'GET',
    path: '/log',
    summary: 'How the log of the access record is doing',
    action: 'anybody',
    status: 200,
    response: LogStatus,
    problems: [],
  }),

  createAuditorToken: route({
    method: 'POST',
    path: '/auditor-tokens',
    summary: 'Make a token with which a program reads the entries of the log; shown once',
    action: 'auditor-token.create',
    body: AuditorTokenRequest,
    status: 201,
    response: NewAuditorToken,
    problems: ['request-invalid'],
  }),
  listAuditorTokens: route({
    method: 'GET',
    path: '/auditor-tokens',
    summary: "One's own tokens, newest first",
    action: 'auditor-token.read',
    status: 200,
    response: z.object({ items: z.array(AuditorToken) }),
    problems: [],
  }),
  revokeAuditorToken: route({
    method: 'DELETE',
    path: '/auditor-tokens/:tokenId',
    summary: 'Make a token worthless',
    action: 'auditor-token.revoke',
    params: z.object({ tokenId: AuditorTokenId }),
    status: 204,
    problems: ['auditor-token-not-found'],
  }),

  importFile: route({
    method: 'POST',
    path: '/imports',
    summary: 'Read a file of cameras, buildings or streets',
    action: 'camera.import',
    query: ImportQuery,
    accepts: ['application/geo+json', 'application/json', 'text/csv'],
    status: 200,
    response: ImportReport,
    problems: ['request-invalid', 'import-refused', 'body-too-large', 'media-type-unknown', 'jurisdiction-not-found'],
  }),

  listJurisdictions: route({
    method: 'GET',
    path: '/jurisdictions',
    summary: 'The jurisdictions that the account holds',
    action: 'signed-in',
    status: 200,
    response: z.object({ items: z.array(Jurisdiction) }),
    problems: [],
  }),
  searchPlaces: route({
    method: 'GET',
    path: '/places',
    summary: 'Streets and wards by name',
    action: 'signed-in',
    query: z.strictObject({ q: z.string().trim().min(1).max(100) }),
    status: 200,
    response: z.object({ items: z.array(Place) }),
    problems: ['request-invalid'],
  }),
  buildingsNear: route({
    method: 'GET',
    path: '/buildings',
    summary: 'Building footprints around a point',
    action: 'camera.read',
    query: z.strictObject({
      lon: z.coerce.number().pipe(Longitude),
      lat: z.coerce.number().pipe(Latitude),
      metres: z.coerce.number().min(1).max(500),
    }),
    status: 200,
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          use: BuildingUse,
          home: z.boolean(),
          height: z.number(),
          minHeight: z.number(),
          footprint: z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) }),
        }),
      ),
    }),
    problems: ['request-invalid'],
  }),
  baseTile: route({
    method: 'GET',
    path: '/map/tiles/:z/:x/:y',
    summary: 'The base map as a vector tile (layers: areas, buildings, streets, boundaries)',
    action: 'signed-in',
    params: z.object({
      z: z.coerce.number().int().min(0).max(20),
      x: z.coerce.number().int().min(0),
      y: z.coerce.number().int().min(0),
    }),
    status: 200,
    produces: 'application/vnd.mapbox-vector-tile',
    problems: ['request-invalid'],
  }),
} as const;

export type RouteName = keyof typeof routes;
