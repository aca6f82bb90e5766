// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  CameraCode,
  CameraDraft,
  JurisdictionPath,
  type FieldError,
  type Mobility,
  type Point,
} from '@louver/contract';
import { z } from 'zod';
import { aimsFrom, ownAims, ownHints, type AimCandidate } from './aim-row.ts';
import { Fields, asBoolean, asNumber, asOption, asText } from './fields.ts';
import { readPoint } from './geometry.ts';
import { isOsmCamera, readOsmCamera } from './osm-camera.ts';
import type { SourceRow } from './source-row.ts';

type Stated = Omit<CameraDraft, 'code' | 'jurisdiction' | 'location'>;

/** What a row says of a camera. `stated` may change a camera that is there; `assumed` only fills a new one. */
export interface CameraCandidate {
  row: number;
  code: string;
  location: Point;
  jurisdiction?: JurisdictionPath;
  wardCode?: string;
  stated: Partial<Stated>;
  assumed: Stated;
  aims: AimCandidate[];
  notes: string[];
}

export type CameraRow =
  | { ok: true; candidate: CameraCandidate }
  | { ok: false; row: number; key: string | null; errors: FieldError[]; notes: string[] };

// Made once: a schema takes longer to make than a row to read.
const WardCode = z.string().max(20);
const Turns = z.boolean();

const UNSTATED: Omit<Stated, 'name'> = {
  owner: null,
  operator: null,
  hostPremises: 'unknown',
  purpose: null,
  legalBasis: null,
  retentionDays: null,
  // Nothing is published because a file was read: somebody decides that.
  publication: 'counted',
  status: 'planned',
  mobility: 'unknown',
  manufacturer: null,
  model: null,
  hasAudio: false,
  hasBiometrics: false,
};

const COERCE: Partial<Record<keyof Stated, (text: string) => unknown>> = {
  hostPremises: asOption,
  publication: asOption,
  status: asOption,
  mobility: asOption,
  retentionDays: asNumber,
  hasAudio: asBoolean,
  hasBiometrics: asBoolean,
};

/** Reads our own columns and OSM's tags. Every fault of the row is named, not only the first. */
export function readCameraRow(source: SourceRow): CameraRow {
  const fields = new Fields(source);
  const osm = isOsmCamera(source.properties) ? readOsmCamera(fields) : undefined;
  const key = keyOf(fields, source, osm !== undefined);
  const code = requireCode(fields, key);
  const stated = { ...readStated(fields), ...ptzColumn(fields), ...statedByOsm(osm) };
  const jurisdiction = fields.get('jurisdiction', JurisdictionPath, asText);
  const wardCode = fields.get(['wardCode', 'communeCode'], WardCode);
  // A coordinate that is no number was named when the row was split; one error for one fault.
  const location =
    source.geometry === undefined && source.errors.length > 0 ? undefined : readPoint(source.geometry, fields.errors);
  const aims = location
    ? (ownAims(location, fields) ?? aimsFrom(location, osm?.hints ?? ownHints(fields), fields))
    : [];
  noteUnread(source, fields);
  if (fields.errors.length > 0 || code === undefined || location === undefined)
    return { ok: false, row: source.row, key, errors: fields.errors, notes: fields.notes };
  const assumed = {
    ...UNSTATED,
    name: nameOf(source, code),
    ...(exists(source, osm !== undefined) ? { status: 'live' as const } : {}),
  };
  if (stated.status === undefined) fields.notes.push(`status assumed: ${assumed.status}`);
  return {
    ok: true,
    candidate: {
      row: source.row,
      code,
      location,
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
      ...(wardCode === undefined ? {} : { wardCode }),
      stated,
      assumed,
      aims,
      notes: fields.notes,
    },
  };
}

/** OSM's `ref` is only unique to its operator, so the node's own number names the camera. */
const keyOf = (fields: Fields, source: SourceRow, osm: boolean): string | null =>
  osm
    ? (source.id ?? fields.text('ref') ?? null)
    : (fields.text('code') ?? fields.text('ref') ?? source.id ?? fields.text('id') ?? null);

function requireCode(fields: Fields, key: string | null): string | undefined {
  const code = CameraCode.safeParse(key ?? '');
  if (code.success) return code.data;
  fields.refuse('code', key === null ? 'is missing' : code.error.issues[0]!.message);
  return undefined;
}

function readStated(fields: Fields): Partial<Stated> {
  const stated: Record<string, unknown> = {};
  for (const name of Object.keys(UNSTATED).concat('name') as (keyof Stated)[]) {
    const value = fields.get(name, CameraDraft.shape[name], COERCE[name]);
    if (value !== undefined) stated[name] = value;
  }
  return stated;
}

/** Traffic portals say only whether a camera turns. */
function ptzColumn(fields: Fields): { mobility?: Mobility } {
  const ptz = fields.get('ptz', Turns, asBoolean);
  return ptz === undefined ? {} : { mobility: ptz ? 'ptz' : 'fixed' };
}

const statedByOsm = (osm: ReturnType<typeof readOsmCamera> | undefined): Partial<Stated> => {
  if (!osm) return {};
  const { hints: _, ...stated } = osm;
  return stated;
};

function nameOf({ properties }: SourceRow, code: string): string {
  const streets = properties.streets;
  const joined = Array.isArray(streets) ? streets.filter((s) => typeof s === 'string').join(' – ') : '';
  return (joined || code).slice(0, 200);
}

/** A map and a traffic portal show what stands there; any other list may as well be a plan. */
const exists = ({ properties }: SourceRow, osm: boolean): boolean => osm || properties.source_type !== undefined;

/** Columns that are read apart from the fields. */
const READ_ELSEWHERE = /^(lon|lat|lng|long|longitude|latitude|x|y|streets|id|ref)$/i;

/** Columns that nobody reads are probably misspelt: said once, in the first row of a table. */
function noteUnread(source: SourceRow, fields: Fields): void {
  if (source.at !== '' || source.row !== 1) return;
  const unread = fields.unread().filter((name) => !READ_ELSEWHERE.test(name));
  if (unread.length > 0) fields.notes.push(`columns that are not known and were left away: ${unread.join(', ')}`);
}
