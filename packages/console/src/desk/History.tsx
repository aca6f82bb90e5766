// SPDX-License-Identifier: AGPL-3.0-or-later
import type { DeskCase } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/i18n.ts';
import { dayOf } from '../app/times.ts';
import { nameOfArea } from '../cameras/areas.ts';
import { Icon } from '../design/Icon.tsx';
import { Moment } from '../oversight/Moment.tsx';
import { dayWords } from './days.ts';
import { FixedBy } from './FixedBy.tsx';
import styles from './History.module.css';

type Event = DeskCase['history'][number];

/** What happened, the latest first. A date that passed stands in it like every act: not acting is an event too. */
export function History({ events }: { events: readonly Event[] }) {
  return (
    <ol className={styles['list']}>
      {events.toReversed().map((event, place) => (
        <Line key={`${event.at} ${event.kind} ${events.length - place}`} event={event} />
      ))}
    </ol>
  );
}

function Line({ event }: { event: Event }) {
  const { t } = useTranslation();
  const { kind, at, noticedAt, clock, outcome, paper, reason, measured } = event;
  const language = currentLanguage();
  return (
    <li className={styles['line']} data-kind={kind}>
      <time dateTime={at} className={styles['day']}>
        {dayOf(at)}
      </time>
      <div>
        <p>
          <strong>
            {t(`desk.event.${kind}`)}
            {outcome !== null && `: ${t(`desk.outcome.${outcome}`)}`}
          </strong>
        </p>
        {clock !== null && (
          <p>
            {clock.name[language]}, {t('desk.clock.due', { day: dayWords(clock.due) })}
          </p>
        )}
        {measured !== null && measured.length > 0 && <FixedBy measured={measured} />}
        {reason !== null && <p className={styles['reason']}>{reason}</p>}
        <p className={styles['who']}>
          <Who event={event} />
          {kind === 'lapsed' && (
            <>
              {' · '}
              {t('desk.history.noticed', { time: '' })}
              <Moment at={noticedAt} />
            </>
          )}
        </p>
        {paper !== null && (
          <a className={styles['paper']} href={paper.href} target="_blank" rel="noreferrer">
            <Icon name="record" size={14} />
            {t('desk.history.paper', { number: paper.number })}
          </a>
        )}
      </div>
    </li>
  );
}

function Who({ event: { kind, by, body } }: { event: Event }) {
  const { t } = useTranslation();
  if (kind === 'lapsed') return t('desk.history.nobody');
  if (body === null) return t('desk.history.complainant');
  const place = nameOfArea(body);
  return by?.name ? t('desk.history.by', { name: by.name, body: place }) : place;
}
