// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Camera } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../../app/times.ts';
import type { StatedValues } from './stated.ts';

/** What the status that is chosen tells the public, for a camera that exists or for one that is being registered. */
export function useStatusHint(): (values: StatedValues, camera?: Camera) => string {
  const { t } = useTranslation();
  return ({ status }, camera) => {
    const { status: was, liveNotBefore = null } = camera ?? {};
    if (status === 'planned' && was === 'planned' && liveNotBefore !== null)
      return t('cameras.edit.stated.statusAnnounced', { day: dayOf(liveNotBefore) });
    if (status === 'planned') return t('cameras.edit.stated.statusPlanned');
    if (status === 'live' && was !== 'live' && was !== 'planned') return t('cameras.edit.stated.statusUnannounced');
    return t('cameras.edit.stated.statusHint');
  };
}
