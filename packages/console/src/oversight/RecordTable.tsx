// SPDX-License-Identifier: AGPL-3.0-or-later
import type { RecordEntry } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { dayOf, numberOf } from '../app/times.ts';
import { Table } from '../design/Table.tsx';
import { useActionWords } from './Entry.tsx';
import { Moment } from './Moment.tsx';
import styles from './RecordTable.module.css';

const COLUMNS = ['when', 'what', 'who', 'about', 'proof'] as const;

interface RecordTableProps {
  entries: readonly RecordEntry[];
  onOpen: (seq: string) => void;
  onProve: (seq: string) => void;
}

export function RecordTable({ entries, onOpen, onProve }: RecordTableProps) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('oversight.records.table')}
      columns={COLUMNS.map((key) => ({ key, label: t(`oversight.records.${key}`) }))}
      foldsAt={860}
      className={styles['table']}
    >
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.seq} entry={entry} onOpen={onOpen} onProve={onProve} />
        ))}
      </tbody>
    </Table>
  );
}

interface RowProps {
  entry: RecordEntry;
  onOpen: (seq: string) => void;
  onProve: (seq: string) => void;
}

function Row({ entry, onOpen, onProve }: RowProps) {
  const { t } = useTranslation();
  const words = useActionWords();
  const { actor, camera, purpose, seq } = entry;
  const system = actor.id === null;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button in the first cell has the keys; the row is a larger target for a pointer
    <tr className={styles['row']} onClick={() => onOpen(seq)}>
      <td>
        <button
          type="button"
          className={styles['open']}
          aria-label={t('oversight.records.show', { seq })}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(seq);
          }}
        >
          {numberOf(Number(seq))}
        </button>
        <small>
          <Moment at={entry.at} as="seconds" /> · {dayOf(entry.at)}
        </small>
      </td>
      <td>
        <strong>{words(entry.action)}</strong>
      </td>
      <td>
        {system ? t('oversight.records.system') : (actor.name ?? t('oversight.viewings.unnamed'))}
        {actor.role !== null && <small>{t(`app.role.${actor.role}`)}</small>}
      </td>
      <td>
        {camera?.code}
        {purpose !== null && <small>{purpose}</small>}
      </td>
      <td>
        <button
          type="button"
          className={styles['prove']}
          aria-label={t('oversight.records.prove', { seq })}
          onClick={(event) => {
            event.stopPropagation();
            onProve(seq);
          }}
        >
          {t('record.prove.button')}
        </button>
        <small>
          <code>{entry.digest.slice(0, 8)}…</code>
        </small>
      </td>
    </tr>
  );
}
