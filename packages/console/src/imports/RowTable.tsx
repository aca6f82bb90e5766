// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportRow, RowFate } from '@louver/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Icon, type IconName } from '../design/Icon.tsx';
import styles from './RowTable.module.css';

const SIGNS: Record<RowFate, IconName> = {
  create: 'plus',
  update: 'edit',
  unchanged: 'minus',
  duplicate: 'pin',
  refused: 'close',
};
const ROW_PX = 41;

/** Ten thousand rows, of which only those on the screen are in the page. */
export function RowTable({ rows }: { rows: readonly ImportRow[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react/incompatible-library -- measured rows change the virtualizer in place; nothing here is memoised over it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  if (rows.length === 0) return <p className={styles['none']}>{t('imports.none')}</p>;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keys
    <div ref={box} className={styles['box']} role="region" aria-label={t('imports.table')} tabIndex={0}>
      <div role="table" aria-label={t('imports.table')} aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className={styles['headGroup']}>
          <div role="row" aria-rowindex={1} className={`${styles['row']} ${styles['head']}`}>
            {(['row', 'key', 'outcome', 'why'] as const).map((column) => (
              <span key={column} role="columnheader">
                {t(`imports.${column}`)}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles['rows']} style={{ height: `${virtual.getTotalSize()}px` }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              className={styles['row']}
              style={{ transform: `translateY(${start}px)` }}
            >
              <RowCells row={rows[index]!} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function RowCells({ row: { row, key, fate, errors, notes } }: { row: ImportRow }) {
  const { t } = useTranslation();
  return (
    <>
      <span role="cell" className={styles['number']}>
        {numberOf(row)}
      </span>
      <span role="cell" className={styles['key']}>
        {key ?? <em>{t('imports.noKey')}</em>}
      </span>
      <span role="cell" className={`${styles['fate']} ${fate === 'refused' ? styles['refused'] : ''}`}>
        <Icon name={SIGNS[fate]} size={14} />
        {t(`imports.fate.${fate}`)}
      </span>
      <span role="cell" className={styles['why']}>
        {errors.map(({ pointer, detail }) => (
          <span key={`${pointer} ${detail}`}>
            {pointer !== '' && <code>{pointer}</code>} {detail}
          </span>
        ))}
        {notes.map((note) => (
          <span key={note} className={styles['note']}>
            {t('imports.note', { note })}
          </span>
        ))}
      </span>
    </>
  );
}
