// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { buildingsQuery } from './masks-query.ts';
import { wireframe, type Wireframe } from './wireframe.ts';

/** The wireframe of an aim, once the buildings are there. */
export function useScene(aim: AimGeometry | undefined): {
  scene: Wireframe | undefined;
  loading: boolean;
  error: unknown;
} {
  const { data, isLoading, error } = useQuery(buildingsQuery(aim));
  const scene = useMemo(
    () => (aim === undefined || data === undefined ? undefined : wireframe(aim, data)),
    [aim, data],
  );
  return { scene, loading: isLoading, error };
}
