// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  routes,
  type AimGeometry,
  type AimId,
  type CameraId,
  type MaskSet,
  type MaskSetId,
  type MaskSetState,
} from '@louver/contract';
import { queryOptions } from '@tanstack/react-query';
import { isProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';
import { reachOf, type NearBuilding } from './wireframe.ts';

export const proposedQuery = queryOptions({
  queryKey: ['mask-sets', 'proposed'],
  queryFn: async ({ signal }) => {
    const { items, nextCursor } = await call(
      routes.listMaskSets,
      { query: { state: ['proposed'], limit: 500 } },
      { signal },
    );
    return { items: items.toReversed(), more: nextCursor !== null };
  },
});

const DECIDED: MaskSetState[] = ['approved', 'active', 'rejected'];
export const decidedQuery = queryOptions({
  queryKey: ['mask-sets', 'decided'],
  queryFn: async ({ signal }) => {
    const { items } = await call(routes.listMaskSets, { query: { state: DECIDED, limit: 60 } }, { signal });
    const at = ({ decidedAt, createdAt }: MaskSet) => Date.parse(decidedAt ?? createdAt);
    return items.toSorted((a, b) => at(b) - at(a)).slice(0, 12);
  },
});

/** All versions of a camera's sets, newest first. */
export const setsOfCameraQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['mask-sets', 'camera', cameraId],
    queryFn: async ({ signal }) =>
      (await call(routes.listMaskSets, { query: { cameraId, limit: 500 } }, { signal })).items,
  });

/** One set, whatever became of it; null when there is none that this account may see. */
export const maskSetQuery = (id: MaskSetId) =>
  queryOptions({
    queryKey: ['mask-sets', 'one', id],
    queryFn: async ({ signal }): Promise<MaskSet | null> => {
      try {
        return await call(routes.readMaskSet, { params: { maskSetId: id } }, { signal });
      } catch (error) {
        if (isProblem(error, 'mask-set-not-found') || isProblem(error, 'request-invalid')) return null;
        throw error;
      }
    },
  });

/** What geometry proposes for a camera and nobody has decided. */
export const geometrySetsQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['mask-sets', 'geometry', cameraId],
    queryFn: async ({ signal }) =>
      (
        await call(
          routes.listMaskSets,
          { query: { cameraId, origin: 'geometry', state: ['proposed'], limit: 100 } },
          { signal },
        )
      ).items,
  });

export const cameraQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['camera', cameraId],
    queryFn: async ({ signal }) => call(routes.readCamera, { params: { cameraId } }, { signal }),
  });

export const buildingsQuery = (aim: AimGeometry | undefined) =>
  queryOptions({
    queryKey: ['buildings', aim?.position.lon, aim?.position.lat, aim?.range],
    queryFn: async ({ signal }): Promise<NearBuilding[]> => {
      const { lon, lat } = aim!.position;
      return (await call(routes.buildingsNear, { query: { lon, lat, metres: reachOf(aim!) } }, { signal })).items;
    },
    enabled: aim !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });

const holds = ({ state }: MaskSet) => state === 'approved' || state === 'active';

/** The set that a proposal for this aim changes: the newest that somebody approved. */
export const inForce = (sets: readonly MaskSet[], aimId: AimId): MaskSet | undefined =>
  sets.filter((set) => set.aimId === aimId && holds(set)).toSorted((a, b) => b.version - a.version)[0];

/** What a set is to be compared with: what holds now, or for a decided set what was decided before it. */
export function comparedWith(set: MaskSet, versions: readonly MaskSet[]): MaskSet | undefined {
  if (set.state === 'proposed' || set.state === 'draft') return inForce(versions, set.aimId);
  return versions
    .filter(
      (one) =>
        one.aimId === set.aimId && one.version < set.version && one.decidedAt !== null && one.state !== 'rejected',
    )
    .toSorted((a, b) => b.version - a.version)[0];
}
