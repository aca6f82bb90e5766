// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Camera, MasksInForce } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { masksQuery, ptzQuery } from './queries.ts';
import { useTurning } from './use-turning.ts';

/** Which set it is and how much it covers. */
export function useSetWords(): (set: Pick<MasksInForce, 'version' | 'polygons'>) => string {
  const { t } = useTranslation();
  return ({ version, polygons }) =>
    polygons.length === 0
      ? t('cameras.card.masksOpen', { version })
      : t('cameras.card.masksInForce', { version, count: polygons.length });
}

/** Whether the camera has masks, in a sentence; undefined before that is known. */
export function useMasksWords(camera: Camera): string | undefined {
  const { t } = useTranslation();
  const setWords = useSetWords();
  const { data: masks } = useQuery(masksQuery(camera.id));
  const { isPending } = useQuery(ptzQuery(camera.id));
  const { standing, masksOf } = useTurning(camera);
  if (standing !== undefined) {
    if (masksOf === undefined) return undefined;
    const held = camera.aims.filter(({ id, preset }) => preset !== null && masksOf(id) !== undefined).length;
    return held === 0 ? t('cameras.card.masksNone') : t('cameras.ptz.masksOf', { held, all: camera.aims.length });
  }
  if (masks === undefined || isPending) return undefined;
  return masks === null ? t('cameras.card.masksNone') : setWords(masks);
}
