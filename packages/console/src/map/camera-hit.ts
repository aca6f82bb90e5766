// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraStore } from './camera-store.ts';
import type { Clusters } from './cluster-grid.ts';
import { worldSize } from './mercator.ts';
import { clusterRadius, GLYPH_SIZE } from './sprites.ts';

const REACH = 11;

export type Hit = { kind: 'camera'; index: number } | { kind: 'cluster'; at: number; count: number; troubled: number };

/** What lies under a point, which is given in world pixels of the zoom. */
export function hitAt(store: CameraStore, world: { x: number; y: number }, zoom: number): Hit | undefined {
  const size = worldSize(zoom);
  const clusters = store.clustersAt(zoom);
  if (clusters !== undefined) return hitCluster(clusters, world, size);
  const [x, y, reach] = [world.x / size, world.y / size, REACH / size];
  let [best, least] = [-1, Infinity];
  for (const index of store.within(x - reach, y - reach, x + reach, y + reach)) {
    const distance = (store.x[index]! - x) ** 2 + (store.y[index]! - y) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best < 0 ? undefined : { kind: 'camera', index: best };
}

/** Backwards: what was drawn last lies on top. */
function hitCluster(clusters: Clusters, world: { x: number; y: number }, size: number): Hit | undefined {
  for (let i = clusters.length - 1; i >= 0; i--) {
    const at = clusters.order[i]!;
    const count = clusters.count[at]!;
    const [dx, dy] = [clusters.x[at]! * size - world.x, clusters.y[at]! * size - world.y];
    const reach = count === 1 ? GLYPH_SIZE / 2 + 1 : clusterRadius(count) + 2;
    if (dx * dx + dy * dy > reach * reach) continue;
    return count === 1
      ? { kind: 'camera', index: clusters.member[at]! }
      : { kind: 'cluster', at, count, troubled: clusters.troubled[at]! };
  }
  return undefined;
}
