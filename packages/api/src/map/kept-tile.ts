// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem } from '@louver/contract';
import type { Tx } from '@louver/db';
import type { Deps } from '../http/deps.ts';
import { drawTile, groundVersion, type TileAddress } from './queries.ts';

/** A tile nobody asked for in a day is drawn again. */
const KEEP_SECONDS = 86_400;

const tileKey = (version: string, { z, x, y }: TileAddress): string => `louver:tile:${version}:${z}:${x}:${y}`;

/**
 * The ground is the same for everybody, so one drawing serves all; its version changes with every import.
 * @throws Problem request-invalid outside of the world
 */
export async function keptTile(deps: Deps, tx: Tx, address: TileAddress): Promise<{ tile: Buffer; version: string }> {
  requireWithinWorld(address);
  const version = await groundVersion(tx);
  const key = tileKey(version, address);
  const kept = await deps.redis.getBuffer(key);
  const tile = kept ?? (await drawTile(tx, address));
  if (kept === null) await deps.redis.set(key, tile, 'EX', KEEP_SECONDS);
  return { tile, version };
}

export function requireWithinWorld({ z, x, y }: TileAddress): void {
  const size = 2 ** z;
  const outside = (['x', 'y'] as const).filter((axis) => ({ x, y })[axis] >= size);
  if (outside.length === 0) return;
  const errors = outside.map((axis) => ({ pointer: `/params/${axis}`, detail: `must be below ${size} at zoom ${z}` }));
  throw new Problem('request-invalid', { errors });
}
