// SPDX-License-Identifier: AGPL-3.0-or-later
import type { DeskRow } from '@louver/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { nameOfArea } from '../cameras/areas.ts';
import { Table } from '../design/Table.tsx';
import styles from './CaseTable.module.css';
import { DaysTag } from './ClockLine.tsx';
import { dayWords } from './days.ts';

const COLUMNS = ['due', 'case', 'where', 'stage', 'handler'] as const;

export function CaseTable({ cases }: { cases: readonly DeskRow[] }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('desk.title')}
      columns={COLUMNS.map((key) => ({ key, label: t(`desk.column.${key}`) }))}
      foldsAt={860}
      className={styles['table']}
    >
      <tbody>
        {cases.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ row }: { row: DeskRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // A missed date is what it is about, whichever runs next.
  const clock = row.late[0] ?? row.next;
  const to = { to: '/desk/$complaintId', params: { complaintId: row.id } } as const;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the link in the second cell has the keys; the row is a larger target for a pointer
    <tr className={styles['row']} onClick={() => void navigate(to)}>
      <td>
        {clock === null ? <span className={styles['quiet']}>{t('desk.noDate')}</span> : <DaysTag clock={clock} />}
        {clock?.due !== undefined && clock.due !== null && <small>{dayWords(clock.due)}</small>}
      </td>
      <td>
        <Link {...to} className={styles['open']} aria-label={t('desk.open', { reference: row.reference })}>
          {t(`desk.kind.${row.kind}`)}
        </Link>
        <small>
          {[
            row.reference,
            ...(row.affected > 1 ? [t('desk.affected', { count: row.affected })] : []),
            ...(row.missed > 0 ? [t('desk.missed', { count: row.missed })] : []),
          ].join(' · ')}
        </small>
      </td>
      <td>
        {nameOfArea(row.jurisdiction)}
        {row.camera !== null && <small>{`${row.camera.code} · ${row.camera.name}`}</small>}
      </td>
      <td>
        {t(`desk.stage.${row.stage}`)}
        {row.remedyOpen && <small>{t('desk.remedyOpen')}</small>}
      </td>
      <td>
        {row.handler === null ? t('desk.level.oversight') : nameOfArea(row.handler)}
        <small>{t(`desk.level.${row.level}`)}</small>
      </td>
    </tr>
  );
}
