// SPDX-License-Identifier: AGPL-3.0-or-later
import { FindingState, JurisdictionPath } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { nameOfArea } from '../cameras/areas.ts';
import { jurisdictionsQuery } from '../cameras/queries.ts';
import { Chip } from '../design/Chip.tsx';
import { inputClass } from '../design/Field.tsx';
import { toggled } from '../map/console-search.ts';
import { CameraChip } from '../oversight/CameraChip.tsx';
import { CameraPicker } from '../oversight/CameraPicker.tsx';
import type { QueueSearch } from './search.ts';
import styles from './QueueFilters.module.css';
import { LEVELS } from './words.ts';

interface FiltersProps {
  search: QueueSearch;
  onChange: (change: Partial<QueueSearch>) => void;
}

export function QueueFilters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const { dori, due, state, camera } = search;
  return (
    <search className={styles['filters']} aria-label={t('exposures.filter.label')}>
      <div className={styles['group']} role="group" aria-label={t('exposures.filter.level')}>
        {LEVELS.map((level) => (
          <Chip
            key={level}
            pressed={dori?.includes(level) ?? false}
            onClick={() => onChange({ dori: toggled(dori, level) })}
          >
            {t(`exposures.levelShort.${level}`)}
          </Chip>
        ))}
      </div>
      <div className={styles['group']} role="group" aria-label={t('exposures.filter.due')}>
        {(['late', 'running'] as const).map((one) => (
          <Chip key={one} pressed={due === one} onClick={() => onChange({ due: due === one ? undefined : one })}>
            {t(`exposures.filter.${one}`)}
          </Chip>
        ))}
      </div>
      <div className={styles['group']} role="group" aria-label={t('exposures.filter.state')}>
        {FindingState.options.map((one) => (
          <Chip
            key={one}
            // Without a word about it the API lists what is open.
            pressed={(state ?? ['open']).includes(one)}
            onClick={() => onChange({ state: withoutDefault(toggled(state ?? ['open'], one)) })}
          >
            {t(`exposures.state.${one}`)}
          </Chip>
        ))}
      </div>
      <Area area={search.area} onChange={(area) => onChange({ area })} />
      {camera === undefined ? (
        <CameraPicker onPick={({ id }) => onChange({ camera: id })} />
      ) : (
        <CameraChip cameraId={camera} onDrop={() => onChange({ camera: undefined })} />
      )}
    </search>
  );
}

const withoutDefault = (state: FindingState[] | undefined) =>
  state?.length === 1 && state[0] === 'open' ? undefined : state;

function Area({ area, onChange }: { area: QueueSearch['area']; onChange: (area: QueueSearch['area']) => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(jurisdictionsQuery);
  if (data === undefined || data.length < 2) return null;
  return (
    <select
      className={`${inputClass} ${styles['area']}`}
      aria-label={t('exposures.filter.area')}
      value={area ?? ''}
      onChange={(event) => onChange(JurisdictionPath.safeParse(event.currentTarget.value).data)}
    >
      <option value="">{t('exposures.filter.everywhere')}</option>
      {data.map((one) => (
        <option key={one.path} value={one.path}>
          {nameOfArea(one)}
        </option>
      ))}
    </select>
  );
}
