// SPDX-License-Identifier: AGPL-3.0-or-later
import type { QueueRow } from '@louver/contract';
import { Link } from '@tanstack/react-router';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../app/shortcuts.ts';
import { useAreaName } from '../cameras/areas.ts';
import { Icon } from '../design/Icon.tsx';
import { shareOf } from '../masks/shares.ts';
import { useNow } from '../oversight/use-now.ts';
import styles from './QueueList.module.css';
import type { QueueSearch } from './search.ts';
import { ClockSign, CoverSign, LevelSign } from './Signs.tsx';
import { metresOf, useHomeName } from './words.ts';

/** J and K walk through the rows, as arrows do while one of them has the focus. */
function useWalk() {
  const list = useRef<HTMLOListElement>(null);
  const walk = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useShortcuts({ j: () => walk(1), k: () => walk(-1) });
  return {
    list,
    press: (event: { key: string; preventDefault: () => void }) => {
      const by = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key];
      if (by === undefined) return;
      event.preventDefault();
      walk(by);
    },
  };
}

export function QueueList({ rows, search }: { rows: readonly QueueRow[]; search: QueueSearch }) {
  const { t } = useTranslation();
  const { list, press } = useWalk();
  const now = useNow(true);
  if (rows.length === 0) return null;
  return (
    <>
      <p className={styles['keys']}>{t('exposures.queue.keys')}</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the rows in it have the focus; arrows go from one to the next */}
      <ol ref={list} className={styles['list']} aria-label={t('exposures.queue.list')} onKeyDown={press}>
        {rows.map((row) => (
          <Row key={row.findingId} row={row} search={search} now={now} />
        ))}
      </ol>
    </>
  );
}

function Row({ row, search, now }: { row: QueueRow; search: QueueSearch; now: number }) {
  const { t } = useTranslation();
  const id = useId();
  const areaName = useAreaName();
  const homeName = useHomeName();
  const { camera, home } = row;
  return (
    <li className={styles['row']}>
      <div className={styles['camera']}>
        <Link
          to="/exposures/$findingId"
          params={{ findingId: row.findingId }}
          search={search}
          data-row
          className={styles['link']}
          aria-describedby={`${id}-home ${id}-level ${id}-clock ${id}-cover`}
        >
          {camera.code}
        </Link>
        <span>{camera.name}</span>
        <small>{areaName(camera.jurisdiction)}</small>
      </div>
      <div className={styles['home']} id={`${id}-home`}>
        <strong>
          <Icon name="home" size={14} /> {homeName(home)}
        </strong>
        <span>{t('exposures.distance', { metres: metresOf(row.distanceMetres) })}</span>
        {row.homes > 1 && <small>{t('exposures.more', { count: row.homes - 1 })}</small>}
      </div>
      <div className={styles['level']} id={`${id}-level`}>
        <LevelSign level={row.dori} density={row.pixelsPerMetre} />
      </div>
      <div className={styles['share']}>
        <span>{t('exposures.share', { share: shareOf(row.frameShare) })}</span>
        <i aria-hidden="true" style={{ '--share': Math.min(1, row.frameShare) } as React.CSSProperties} />
      </div>
      <div className={styles['clock']} id={`${id}-clock`}>
        <ClockSign finding={row} now={now} />
      </div>
      <div className={styles['cover']} id={`${id}-cover`}>
        <CoverSign finding={row} />
        {row.uncalibrated && <small>{t('exposures.uncalibrated')}</small>}
        {row.newAimOrderedAt !== null && <small>{t('exposures.ordered')}</small>}
      </div>
    </li>
  );
}
