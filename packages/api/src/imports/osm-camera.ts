// SPDX-License-Identifier: AGPL-3.0-or-later
// Tags of OSM surveillance nodes (wiki.openstreetmap.org/wiki/Tag:man_made=surveillance). Maps are drawn by hand: what
// can't be read is said in a note and left away, because the camera is there all the same.
import type { HostPremises, Mobility } from '@louver/contract';
import type { Hints } from './aim-row.ts';
import { readDirections, type Direction } from './direction.ts';
import type { Fields } from './fields.ts';

const MOBILITY: Readonly<Record<string, Mobility>> = { fixed: 'fixed', panning: 'ptz', dome: 'dome' };

const MOUNTS: Readonly<Record<string, { premises?: HostPremises; height: number }>> = {
  pole: { premises: 'public-pole', height: 5 },
  street_lamp: { premises: 'public-pole', height: 6 },
  traffic_signals: { premises: 'traffic-gantry', height: 6 },
  gantry: { premises: 'traffic-gantry', height: 6 },
  wall: { height: 4 },
  building: { height: 4 },
  ceiling: { height: 3 },
  tree: { height: 4 },
};
const ZONES: Readonly<Record<string, HostPremises>> = { shop: 'private-business', bank: 'private-business' };
const NO_CAMERA = new Set(['guard', 'gunshot_detector']);

export const isOsmCamera = (properties: Readonly<Record<string, unknown>>): boolean =>
  properties.man_made === 'surveillance' || Object.keys(properties).some((key) => /^(camera|surveillance):/.test(key));

export interface OsmCamera {
  mobility?: Mobility;
  hostPremises?: HostPremises;
  name?: string;
  hints: Hints;
}

export function readOsmCamera(fields: Fields): OsmCamera {
  const type = fields.text('surveillance:type');
  if (type !== undefined && NO_CAMERA.has(type)) fields.refuse('surveillance:type', `a ${type} is not a camera`);
  const mobility = MOBILITY[fields.text('camera:type') ?? ''];
  const mount = MOUNTS[fields.text('camera:mount') ?? ''];
  const premises = mount?.premises ?? ZONES[fields.text('surveillance:zone') ?? ''];
  const name = fields.text('name') ?? fields.text('ref');
  return {
    ...(mobility === undefined ? {} : { mobility }),
    ...(premises === undefined ? {} : { hostPremises: premises }),
    ...(name === undefined ? {} : { name }),
    hints: {
      directions: directionsOf(fields),
      ...(mount === undefined ? {} : { assumedHeight: mount.height }),
      ...metres(fields),
      ...tiltOf(fields),
    },
  };
}

function directionsOf(fields: Fields): Direction[] {
  for (const key of ['camera:direction', 'direction', 'surveillance:direction']) {
    const text = fields.text(key);
    if (text === undefined) continue;
    if (key !== 'camera:direction') fields.notes.push(`${key} is an older way to write camera:direction`);
    const read = readDirections(text);
    if (read.includes(undefined) || read.length === 0)
      fields.notes.push(`${key}=${text} is not a direction and was left away`);
    return read.filter((direction) => direction !== undefined);
  }
  return [];
}

function metres(fields: Fields): { height?: number } {
  const text = fields.text('height');
  if (text === undefined) return {};
  const match = /^(\d+(?:\.\d+)?)\s*m?$/.exec(text);
  const height = match ? Number(match[1]) : Number.NaN;
  if (height >= 0 && height <= 500) return { height };
  fields.notes.push(`height=${text} is not a height in metres and was left away`);
  return {};
}

/** OSM counts the angle downwards, we count upwards. */
function tiltOf(fields: Fields): { tilt?: number } {
  const text = fields.text('camera:angle');
  if (text === undefined) return {};
  const angle = /^-?\d+(\.\d+)?°?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (Math.abs(angle) <= 90) return { tilt: angle === 0 ? 0 : -angle };
  fields.notes.push(`camera:angle=${text} is not an angle and was left away`);
  return {};
}
