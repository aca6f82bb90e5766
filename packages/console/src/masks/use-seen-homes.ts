// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimExposures, AimGeometry, AimId } from '@louver/contract';
import type { Sight } from '@louver/sightline';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { seenQuery } from '../exposures/queries.ts';
import { homeOutlines, seeAim, type HomeOutline } from './home-outlines.ts';
import { buildingsQuery } from './masks-query.ts';

type Seen = NonNullable<AimExposures['run']>['exposures'][number];

export interface SeenHome extends HomeOutline {
  exposure: Seen;
}

/** The homes that the last measurement of an aim saw, where they show in its frame; what breaks the rule counts first. */
export function useSeenHomes(aim: AimGeometry & { id: AimId }): {
  sight: Sight | undefined;
  homes: readonly SeenHome[];
} {
  const { data: near } = useQuery(buildingsQuery(aim));
  const { data: measured } = useQuery(seenQuery(aim.id));
  return useMemo(() => {
    const run = measured?.run ?? null;
    if (near === undefined || run === null) return { sight: undefined, homes: [] };
    const sight = seeAim(aim, near);
    const known = run.exposures.filter(({ sourceId }) => sourceId !== null);
    const ordered = known.toSorted((a, b) => Number(b.breaches.length > 0) - Number(a.breaches.length > 0));
    const outlines = homeOutlines(
      sight,
      ordered.map(({ sourceId }) => sourceId!),
    );
    return { sight, homes: outlines.map((outline) => ({ ...outline, exposure: ordered[outline.number - 1]! })) };
  }, [aim, near, measured]);
}
