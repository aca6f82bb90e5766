// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { CameraList } from '../cameras/CameraList.tsx';
import { FilterPanel } from '../cameras/FilterPanel.tsx';
import { Segments } from '../design/Segments.tsx';
import styles from './ConsolePage.module.css';
import type { ConsoleSearch, Filters } from './console-search.ts';
import type { countStates } from './count-states.ts';

interface RailProps {
  search: ConsoleSearch;
  counts: ReturnType<typeof countStates> | undefined;
  /** All that the filters let through, and those of them on the screen. */
  matching: number | undefined;
  inView: number | undefined;
  bbox: string | undefined;
  onChange: (change: Partial<ConsoleSearch>) => void;
  onSelect: (id: CameraId) => void;
  onPoint: (id: CameraId | undefined) => void;
}

/** What stands beside the map: filters, and the same cameras as rows. */
export function Rail({ search, counts, matching, inView, bbox, onChange, onSelect, onPoint }: RailProps) {
  const { t } = useTranslation();
  const { q, status, state, mobility, premises, area } = search;
  const filters: Filters = { q, status, state, mobility, premises, area };
  const everywhere = search.all === 'yes';
  const look = search.view === 'table' ? 'table' : 'list';
  const words =
    matching === undefined
      ? ''
      : everywhere || inView === undefined
        ? t('cameras.list.count', { count: matching })
        : t('cameras.list.countOf', { shown: inView, total: matching });
  return (
    <section className={styles['rail']} aria-label={t('map.rail')}>
      <FilterPanel filters={filters} onChange={onChange} counts={counts} />
      <div className={styles['count']}>
        <h2>
          <span role="status">{words}</span>
        </h2>
        <Segments
          label={t('cameras.list.view')}
          signs
          value={look}
          onChange={(value) => onChange({ view: value === 'table' ? 'table' : undefined })}
          options={[
            { value: 'list', label: t('cameras.list.asList'), icon: 'list' },
            { value: 'table', label: t('cameras.list.asTable'), icon: 'table' },
          ]}
        />
        <Segments
          label={t('cameras.list.scope')}
          value={everywhere ? 'all' : 'view'}
          onChange={(value) => onChange({ all: value === 'all' ? 'yes' : undefined })}
          options={[
            { value: 'view', label: t('cameras.list.inView') },
            { value: 'all', label: t('cameras.list.everywhere') },
          ]}
        />
      </div>
      <CameraList
        filters={filters}
        bbox={everywhere ? undefined : bbox}
        look={look}
        selected={search.camera}
        onSelect={onSelect}
        onPoint={onPoint}
      />
    </section>
  );
}
