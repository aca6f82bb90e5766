// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../design/Field.tsx';
import { Segments } from '../design/Segments.tsx';
import styles from './Filters.module.css';
import { daysBefore, localDayOf } from './local-day.ts';
import { DEFAULT_RANGE, RANGES, type Range, type ViewingSearch } from './search.ts';

type Span = Pick<ViewingSearch, 'range' | 'from' | 'to'>;

/** Today, a week, a month, or days of one's own choice. */
export function SpanFilter({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const { t } = useTranslation();
  const { range = DEFAULT_RANGE, from, to } = span;
  const [today] = useState(() => localDayOf(Date.now()));
  const choose = (next: Range) =>
    onChange(
      next === 'custom'
        ? { range: next, from: from ?? daysBefore(today, 6), to: to ?? today }
        : { range: next === DEFAULT_RANGE ? undefined : next, from: undefined, to: undefined },
    );
  return (
    <>
      <Segments
        label={t('oversight.filters.range')}
        value={range}
        onChange={choose}
        options={RANGES.map((value) => ({ value, label: t(`oversight.filters.${value}`) }))}
      />
      {range === 'custom' && (
        <div className={styles['days']}>
          <Field
            type="date"
            label={t('oversight.filters.from')}
            value={from ?? ''}
            max={to ?? today}
            onChange={(event) => onChange({ ...span, from: event.currentTarget.value || undefined })}
          />
          <Field
            type="date"
            label={t('oversight.filters.to')}
            value={to ?? ''}
            min={from}
            max={today}
            onChange={(event) => onChange({ ...span, to: event.currentTarget.value || undefined })}
          />
        </div>
      )}
    </>
  );
}
