// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId, CameraSummary } from '@louver/contract';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAreaName } from './areas.ts';
import styles from './CameraGrid.module.css';
import { glyphOf } from './glyphs.ts';
import { GlyphSign, StateSign } from './StateSign.tsx';

export interface CameraGridProps {
  items: readonly CameraSummary[];
  /** Of how many, where it is known; the rest comes as somebody scrolls. */
  total?: number | undefined;
  look: 'list' | 'table';
  selected: CameraId | undefined;
  hasMore: boolean;
  onMore: () => void;
  onSelect: (id: CameraId) => void;
  onPoint?: (id: CameraId | undefined) => void;
}

const HEIGHT = { list: 50, table: 38 } as const;
const COLUMNS = ['code', 'name', 'area', 'state', 'premises', 'mobility'] as const;

/**
 * The same cameras as on the map, as rows. The focus stays on the grid and a row is active in it, because rows come and go
 * while somebody scrolls through thousands.
 */
export function CameraGrid(props: CameraGridProps) {
  const { items, look, selected, hasMore, onPoint } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  // eslint-disable-next-line react/incompatible-library -- the virtualizer is meant to change between renders
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => HEIGHT[look],
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const more = useEffectEvent(() => props.onMore());
  // The end of what is loaded has come into view.
  useEffect(() => {
    if (hasMore && last >= items.length - 20) more();
  }, [last, hasMore, items.length]);
  const bringIntoView = useEffectEvent(() => {
    const at = items.findIndex((item) => item.id === selected);
    if (at < 0) return;
    setActive(at);
    rows.scrollToIndex(at, { align: 'auto' });
  });
  // Chosen on the map: the list follows.
  useEffect(() => bringIntoView(), [selected, items.length]);

  const go = (to: number) => {
    const at = Math.max(0, Math.min(items.length - 1, to));
    setActive(at);
    rows.scrollToIndex(at, { align: 'auto' });
    onPoint?.(items[at]?.id);
  };
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, shown.length - 10);
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    const item = items[active];
    if (to !== undefined) go(to);
    else if ((event.key === 'Enter' || event.key === ' ') && item !== undefined) props.onSelect(item.id);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scroll}
      className={styles['scroll']}
      role="grid"
      aria-label={t('cameras.list.label')}
      aria-rowcount={hasMore ? -1 : items.length + (look === 'table' ? 1 : 0)}
      aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={press}
      onMouseLeave={() => onPoint?.(undefined)}
    >
      {look === 'table' && <HeadRow />}
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {shown.map((row) => (
          <Row key={row.key} {...props} row={row} id={`${id}-${row.index}`} active={row.index === active} />
        ))}
      </div>
      {hasMore && <p className={styles['more']}>{t('cameras.list.more')}</p>}
    </div>
  );
}

function HeadRow() {
  const { t } = useTranslation();
  return (
    <div role="rowgroup">
      <div role="row" className={`${styles['head']} ${styles['table']}`} aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader">
            {t(`cameras.column.${column}`)}
          </span>
        ))}
      </div>
    </div>
  );
}

function Row({
  row,
  id,
  active,
  items,
  look,
  selected,
  onSelect,
  onPoint,
}: CameraGridProps & { row: VirtualItem; id: string; active: boolean }) {
  const item = items[row.index];
  if (item === undefined) return null;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the focus and the keys
    <div
      id={id}
      role="row"
      aria-rowindex={row.index + (look === 'table' ? 2 : 1)}
      aria-selected={item.id === selected}
      className={`${styles['row']} ${styles[look]} ${active ? styles['active'] : ''}`}
      style={{ height: row.size, transform: `translateY(${row.start}px)` }}
      onClick={() => onSelect(item.id)}
      onMouseEnter={() => onPoint?.(item.id)}
    >
      {look === 'table' ? <TableCells item={item} /> : <ListCells item={item} />}
    </div>
  );
}

function TableCells({ item }: { item: CameraSummary }) {
  const { t } = useTranslation();
  const areaName = useAreaName();
  return (
    <>
      <span role="gridcell" className={styles['code']}>
        {item.code}
      </span>
      <span role="gridcell" title={item.name}>
        {item.name}
      </span>
      <span role="gridcell">{areaName(item.jurisdiction)}</span>
      <span role="gridcell">
        <StateSign status={item.status} state={item.streamState} />
      </span>
      <span role="gridcell">{t(`cameras.premises.${item.hostPremises}`)}</span>
      <span role="gridcell">{t(`cameras.mobility.${item.mobility}`)}</span>
    </>
  );
}

function ListCells({ item }: { item: CameraSummary }) {
  const { t } = useTranslation();
  const areaName = useAreaName();
  const glyph = glyphOf(item.status, item.streamState);
  const word = item.status === 'live' ? t(`cameras.state.${item.streamState}`) : t(`cameras.status.${item.status}`);
  return (
    <>
      <span role="presentation">
        <GlyphSign glyph={glyph} />
      </span>
      <span role="gridcell" className={styles['name']}>
        <span title={item.name}>
          <b>{item.code}</b>
          {item.name}
        </span>
        <span className={styles['second']}>
          <span>
            {areaName(item.jurisdiction)} · {t(`cameras.premises.${item.hostPremises}`)}
          </span>
          <span className={glyph === 'streaming' ? styles['lit'] : ''}>{word}</span>
        </span>
      </span>
    </>
  );
}
