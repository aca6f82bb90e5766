// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Jurisdiction } from '@louver/contract';

type Box = readonly [west: number, south: number, east: number, north: number];

/** What a map shows of an area: the area, or all that lies below it where it has no outline of its own. */
export function boxOfArea(areas: readonly Pick<Jurisdiction, 'path' | 'bbox'>[], area: string): Box | undefined {
  const own = areas.find(({ path }) => path === area)?.bbox;
  if (own) return own;
  const below = areas.filter(({ path }) => area === '' || path.startsWith(`${area}.`));
  const boxes = below.flatMap(({ bbox }): Box[] => (bbox ? [bbox] : []));
  if (boxes.length === 0) return undefined;
  return [
    Math.min(...boxes.map(([west]) => west)),
    Math.min(...boxes.map(([, south]) => south)),
    Math.max(...boxes.map(([, , east]) => east)),
    Math.max(...boxes.map(([, , , north]) => north)),
  ];
}
