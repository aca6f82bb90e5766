// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Viewing, ViewingId } from '@louver/contract';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { durationOf, numberOf, timeOf } from '../app/times.ts';
import { Table } from '../design/Table.tsx';
import { dayName } from './day-names.ts';
import { EndSign } from './EndSign.tsx';
import { localDayOf } from './local-day.ts';
import { Moment } from './Moment.tsx';
import { isRunning, lengthOf } from './viewings-query.ts';
import styles from './ViewingTable.module.css';

interface TableProps {
  viewings: readonly Viewing[];
  now: number;
  onOpen: (id: ViewingId) => void;
}

const COLUMNS = ['when', 'who', 'camera', 'purpose', 'ended', 'delivered', 'receipt'] as const;

/** Who looked at what, under the day on which they did. Every row opens its evidence. */
export function ViewingTable({ viewings, now, onOpen }: TableProps) {
  const { t } = useTranslation();
  const days = useMemo(() => byDay(viewings), [viewings]);
  return (
    <Table
      caption={t('oversight.viewings.table')}
      columns={COLUMNS.map((key) => ({ key, label: t(`oversight.viewings.${key}`) }))}
      foldsAt={1080}
      className={styles['table']}
    >
      {days.map(([day, rows]) => (
        <Fragment key={day}>
          <tbody>
            <tr className={styles['day']}>
              <th scope="rowgroup" colSpan={COLUMNS.length}>
                {dayName(day)}
              </th>
            </tr>
            {rows.map((viewing) => (
              <Row key={viewing.id} viewing={viewing} now={now} onOpen={onOpen} />
            ))}
          </tbody>
        </Fragment>
      ))}
    </Table>
  );
}

function byDay(viewings: readonly Viewing[]): [string, Viewing[]][] {
  const days = new Map<string, Viewing[]>();
  for (const viewing of viewings) {
    const day = localDayOf(Date.parse(viewing.openedAt));
    const rows = days.get(day);
    if (rows === undefined) days.set(day, [viewing]);
    else rows.push(viewing);
  }
  return [...days];
}

function Row({ viewing, now, onOpen }: { viewing: Viewing; now: number; onOpen: TableProps['onOpen'] }) {
  const { t } = useTranslation();
  const { account, camera, receipt } = viewing;
  const running = isRunning(viewing);
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button in the first cell has the keys; the row is a larger target for a pointer
    <tr className={`${styles['row']} ${running ? styles['running'] : ''}`} onClick={() => onOpen(viewing.id)}>
      <td className={styles['when']}>
        <button
          type="button"
          className={styles['open']}
          aria-label={t('oversight.viewings.open', { camera: camera.code, time: timeOf(viewing.openedAt) })}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(viewing.id);
          }}
        >
          <Moment at={viewing.openedAt} as="time" />
          {viewing.closedAt !== null && (
            <>
              {' – '}
              <Moment at={viewing.closedAt} as="time" />
            </>
          )}
        </button>
        <small>{durationOf(lengthOf(viewing, now))}</small>
      </td>
      <td className={styles['who']}>
        <strong>{account.name ?? t('oversight.viewings.unnamed')}</strong>
        <small>{t(`app.role.${account.role}`)}</small>
      </td>
      <td className={styles['camera']}>
        <strong>{camera.code}</strong>
        <small>{camera.name}</small>
      </td>
      <td className={styles['purpose']}>
        {viewing.purpose}
        {viewing.caseReference !== null && (
          <small>{t('oversight.viewings.caseReference', { reference: viewing.caseReference })}</small>
        )}
      </td>
      <td className={styles['ended']}>
        <EndSign end={running ? null : (viewing.end ?? 'closed')} />
        {viewing.kind === 'still' && <small>{t('oversight.kind.still')}</small>}
      </td>
      <td className={styles['delivered']}>
        <Delivered viewing={viewing} />
      </td>
      <td className={styles['receipt']}>
        {t('oversight.viewings.entry', { seq: numberOf(Number(receipt.seq)) })}
        <small>
          <code>{receipt.digest.slice(0, 8)}…</code>
        </small>
      </td>
    </tr>
  );
}

/** What really reached the person, which is not how long the viewing was open. */
function Delivered({ viewing }: { viewing: Viewing }) {
  const { t } = useTranslation();
  const { secondsDelivered, framesDelivered } = viewing;
  if (framesDelivered === null || framesDelivered === 0) {
    const words = isRunning(viewing) ? 'oversight.viewings.nothingYet' : 'oversight.viewings.nothingDelivered';
    return <span className={styles['nothing']}>{t(words)}</span>;
  }
  const frames = t('oversight.viewings.frames', { count: framesDelivered, formatted: numberOf(framesDelivered) });
  return (
    <>
      {secondsDelivered === null ? frames : durationOf(secondsDelivered)}
      {secondsDelivered !== null && <small>{frames}</small>}
    </>
  );
}
