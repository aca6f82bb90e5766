// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Action, RecordEntry } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { numberOf, timeWithSecondsOf } from '../app/times.ts';
import styles from './Entry.module.css';
import { Moment } from './Moment.tsx';

export function useActionWords(): (action: Action) => string {
  const { t } = useTranslation();
  return (action) => t(`oversight.action.${action}` as 'oversight.action.viewing.open');
}

/** One entry as a sentence first; its facts and its whole fingerprint below. */
export function Entry({ entry, children }: { entry: RecordEntry; children?: React.ReactNode }) {
  const { t } = useTranslation();
  const words = useActionWords();
  const { actor } = entry;
  const who = actor.name ?? (actor.id === null ? t('oversight.records.system') : t('oversight.viewings.unnamed'));
  return (
    <article className={styles['entry']}>
      <h3>{words(entry.action)}</h3>
      <p className={styles['sentence']}>
        <span title={entry.at}>
          {t('oversight.records.sentence', { seq: numberOf(Number(entry.seq)), time: timeWithSecondsOf(entry.at) })}
        </span>
        {'; '}
        {t('oversight.records.digest', { digest: entry.digest.slice(0, 8) })}
      </p>
      {children}
      <dl className={styles['facts']}>
        <Fact name={t('oversight.viewings.when')}>
          <Moment at={entry.at} as="exact" />
        </Fact>
        <Fact name={t('oversight.viewings.who')}>
          {actor.role === null ? who : `${who} (${t(`app.role.${actor.role}`)})`}
        </Fact>
        {entry.camera !== null && <Fact name={t('oversight.viewings.camera')}>{entry.camera.code}</Fact>}
        {entry.purpose !== null && <Fact name={t('oversight.viewings.purpose')}>{entry.purpose}</Fact>}
        {entry.caseReference !== null && <Fact name={t('oversight.detail.caseReference')}>{entry.caseReference}</Fact>}
        {entry.jurisdiction !== null && <Fact name={t('oversight.records.place')}>{entry.jurisdiction}</Fact>}
        <Fact name={t('oversight.records.subject')}>
          <code>{entry.subject}</code>
        </Fact>
        {actor.id !== null && (
          <Fact name={t('oversight.records.account')}>
            <code>{actor.id}</code>
          </Fact>
        )}
        {Object.entries(entry.detail).map(([key, value]) => (
          <Fact key={key} name={key}>
            <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
          </Fact>
        ))}
        <Fact name={t('oversight.records.digestFull')}>
          <code>{entry.digest}</code>
        </Fact>
      </dl>
    </article>
  );
}

export const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className={styles['fact']}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
