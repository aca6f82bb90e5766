// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraStatus, HostPremises, JurisdictionPath, Mobility, type StreamState } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Chip } from '../design/Chip.tsx';
import { inputClass } from '../design/Field.tsx';
import { Icon } from '../design/Icon.tsx';
import { countFilters, NO_FILTERS, toggled, type Filters } from '../map/console-search.ts';
import { nameOfArea } from './areas.ts';
import styles from './FilterPanel.module.css';
import { jurisdictionsQuery } from './queries.ts';
import { GlyphSign } from './StateSign.tsx';

interface FilterPanelProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
  /** How many cameras there are of each state, as far as that is known. */
  counts?: Partial<Record<StreamState, number>> | undefined;
}

const TYPING_MS = 250;
/** Most telling first. */
const STATES: readonly StreamState[] = [
  'streaming',
  'reachable',
  'unreachable',
  'refused',
  'withheld',
  'unknown',
  'none',
];

export function FilterPanel({ filters, onChange, counts }: FilterPanelProps) {
  const { t } = useTranslation();
  const hidden = [filters.status, filters.mobility, filters.premises, filters.area].filter(Boolean).length;
  const [more, setMore] = useState(hidden > 0);
  const active = countFilters(filters);
  return (
    <search className={styles['panel']} aria-label={t('cameras.filter.title')}>
      <TextFilter value={filters.q} onChange={(q) => onChange({ q })} />
      <div className={styles['chips']} role="group" aria-label={t('cameras.column.state')}>
        {STATES.map((state) => {
          const count = counts?.[state];
          if (counts !== undefined && count === undefined && !filters.state?.includes(state)) return null;
          return (
            <Chip
              key={state}
              pressed={filters.state?.includes(state) ?? false}
              count={count === undefined ? undefined : numberOf(count)}
              onClick={() => onChange({ state: toggled(filters.state, state) })}
            >
              <GlyphSign glyph={state} />
              {t(`cameras.state.${state}`)}
            </Chip>
          );
        })}
      </div>
      <div className={styles['toggle']}>
        <Button look="quiet" icon="filter" aria-expanded={more} onClick={() => setMore(!more)}>
          {t('cameras.filter.more')}
          {hidden > 0 && ` (${hidden})`}
        </Button>
        {active > 0 && (
          <Button look="quiet" icon="close" onClick={() => onChange(NO_FILTERS)}>
            {t('cameras.filter.clearAll')}
          </Button>
        )}
      </div>
      {more && <MoreFilters filters={filters} onChange={onChange} />}
    </search>
  );
}

/** Waits for a pause in typing; the address changes then, not with every letter. */
function TextFilter({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value ?? '');
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value ?? '');
  }
  const change = useEffectEvent(onChange);
  // A clock.
  useEffect(() => {
    const next = text.trim() === '' ? undefined : text.trim();
    if (next === seen) return undefined;
    const timer = setTimeout(() => change(next), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, seen]);
  return (
    <div className={styles['find']}>
      <Icon name="search" size={14} />
      <input
        className={inputClass}
        type="search"
        value={text}
        maxLength={100}
        placeholder={t('cameras.filter.find')}
        aria-label={t('cameras.filter.find')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </div>
  );
}

function MoreFilters({ filters, onChange }: Omit<FilterPanelProps, 'counts'>) {
  const { t } = useTranslation();
  const { data: areas } = useQuery(jurisdictionsQuery);
  const id = useId();
  return (
    <div className={styles['more']}>
      <div className={styles['group']}>
        <label htmlFor={id}>{t('cameras.filter.area')}</label>
        <select
          id={id}
          className={inputClass}
          value={filters.area ?? ''}
          onChange={(event) => {
            const parsed = JurisdictionPath.safeParse(event.currentTarget.value);
            onChange({ area: parsed.success ? parsed.data : undefined });
          }}
        >
          <option value="">{t('cameras.filter.everywhere')}</option>
          {areas?.map((area) => (
            <option key={area.path} value={area.path}>
              {nameOfArea(area)} ({numberOf(area.cameras)})
            </option>
          ))}
        </select>
      </div>
      <div className={styles['group']}>
        <span>{t('cameras.column.status')}</span>
        <div className={styles['chips']} role="group" aria-label={t('cameras.column.status')}>
          {CameraStatus.options.map((status) => (
            <Chip
              key={status}
              pressed={filters.status?.includes(status) ?? false}
              onClick={() => onChange({ status: toggled(filters.status, status) })}
            >
              {t(`cameras.status.${status}`)}
            </Chip>
          ))}
        </div>
      </div>
      <div className={styles['group']}>
        <span>{t('cameras.column.premises')}</span>
        <div className={styles['chips']} role="group" aria-label={t('cameras.column.premises')}>
          {HostPremises.options.map((premises) => (
            <Chip
              key={premises}
              pressed={filters.premises?.includes(premises) ?? false}
              onClick={() => onChange({ premises: toggled(filters.premises, premises) })}
            >
              {t(`cameras.premises.${premises}`)}
            </Chip>
          ))}
        </div>
      </div>
      <div className={styles['group']}>
        <span>{t('cameras.column.mobility')}</span>
        <div className={styles['chips']} role="group" aria-label={t('cameras.column.mobility')}>
          {Mobility.options.map((mobility) => (
            <Chip
              key={mobility}
              pressed={filters.mobility?.includes(mobility) ?? false}
              onClick={() => onChange({ mobility: toggled(filters.mobility, mobility) })}
            >
              {t(`cameras.mobility.${mobility}`)}
            </Chip>
          ))}
        </div>
      </div>
    </div>
  );
}
