// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { Latitude, Longitude } from '../geo.ts';
import { ImportQuery, ImportReport } from '../imports.ts';
import { JurisdictionPath } from '../ids.ts';
import { BuildingUse, Jurisdiction, JurisdictionRules, JurisdictionRulesDraft, Place } from '../place.ts';
import { route } from '../route.ts';

export const placeRoutes = {
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
  readJurisdictionRules: route({
    method: 'GET',
    path: '/jurisdictions/:path/rules',
    summary: 'What holds in a place and is not the same everywhere',
    action: 'signed-in',
    params: z.object({ path: JurisdictionPath }),
    status: 200,
    response: JurisdictionRules,
    problems: ['jurisdiction-not-found'],
  }),
  putJurisdictionRules: route({
    method: 'PUT',
    path: '/jurisdictions/:path/rules',
    summary: 'Set it for what is filed and announced from now on',
    action: 'jurisdiction.rule',
    params: z.object({ path: JurisdictionPath }),
    body: JurisdictionRulesDraft,
    status: 200,
    response: JurisdictionRules,
    problems: ['request-invalid', 'jurisdiction-not-found'],
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
};
