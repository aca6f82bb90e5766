// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Viewing, ViewingId } from '@louver/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOf } from '../app/times.ts';
import { dayAxis, type Day, type DayBar } from './day-axis.ts';
import styles from './DayTimeline.module.css';
import { dayName, shortDayName } from './day-names.ts';
import { startOfDay } from './local-day.ts';

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];
const LANE_PX = 9;
const DAY_MS = 86_400_000;

interface TimelineProps {
  viewings: readonly Viewing[];
  now: number;
  onOpen: (id: ViewingId) => void;
}

/** When people looked, day by day. A picture of the table below: whoever reads or uses keys finds the same rows there. */
export function DayTimeline({ viewings, now, onOpen }: TimelineProps) {
  const { t } = useTranslation();
  const days = useMemo(() => dayAxis(viewings, now), [viewings, now]);
  return (
    <figure className={styles['timeline']}>
      <figcaption className={styles['caption']}>
        <h2>{t('oversight.timeline.title')}</h2>
        <span className="visually-hidden">{t('oversight.timeline.summary', { count: viewings.length })}</span>
        <span className={styles['key']}>
          <i className={styles['night']} /> {t('oversight.timeline.night')}
        </span>
        <span className={styles['key']}>
          <i className={styles['bar']} /> {t('oversight.timeline.live')}
        </span>
        <span className={styles['key']}>
          <i className={`${styles['bar']} ${styles['still']}`} /> {t('oversight.timeline.still')}
        </span>
        <span className={styles['key']}>
          <i className={`${styles['bar']} ${styles['running']}`} /> {t('oversight.timeline.running')}
        </span>
      </figcaption>
      <div aria-hidden="true">
        <div className={styles['hours']}>
          {HOURS.map((hour) => (
            <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
              {String(hour).padStart(2, '0')}
            </span>
          ))}
        </div>
        {days.map((day) => (
          <DayRow key={day.day} day={day} now={now} onOpen={onOpen} />
        ))}
      </div>
    </figure>
  );
}

function DayRow({ day, now, onOpen }: { day: Day; now: number; onOpen: (id: ViewingId) => void }) {
  const passed = (now - startOfDay(day.day)) / DAY_MS;
  return (
    <div className={styles['day']}>
      <span className={styles['name']} title={dayName(day.day)}>
        {shortDayName(day.day)}
      </span>
      <div className={styles['axis']} style={{ height: `${Math.max(26, day.lanes * LANE_PX + 10)}px` }}>
        {passed < 1 && <i className={styles['now']} style={{ left: `${passed * 100}%` }} />}
        {day.bars.map((bar) => (
          <Bar key={bar.viewing.id} bar={bar} onOpen={onOpen} />
        ))}
      </div>
    </div>
  );
}

function Bar({
  bar: { viewing, from, to, lane, running, cut },
  onOpen,
}: {
  bar: DayBar;
  onOpen: TimelineProps['onOpen'];
}) {
  const { t } = useTranslation();
  const span =
    viewing.closedAt === null
      ? t('oversight.viewings.since', { from: timeOf(viewing.openedAt) })
      : t('oversight.viewings.span', { from: timeOf(viewing.openedAt), to: timeOf(viewing.closedAt) });
  const looks = [
    styles['bar'],
    viewing.kind === 'still' ? styles['still'] : '',
    running ? styles['running'] : '',
    cut === 'before' || cut === 'both' ? styles['cutBefore'] : '',
    cut === 'after' || cut === 'both' ? styles['cutAfter'] : '',
  ];
  return (
    <button
      type="button"
      tabIndex={-1}
      className={looks.join(' ')}
      aria-label={viewing.camera.code}
      title={t('oversight.timeline.bar', {
        camera: viewing.camera.code,
        who: viewing.account.name ?? t('oversight.viewings.unnamed'),
        span,
      })}
      style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%`, top: `${lane * LANE_PX + 5}px` }}
      onClick={() => onOpen(viewing.id)}
    />
  );
}
