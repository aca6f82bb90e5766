// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Finding } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../app/times.ts';
import styles from './Decision.module.css';

/** What people said about a finding, oldest first, and what became of each word. */
export function Said({ finding, measuredAt }: { finding: Finding; measuredAt: string | undefined }) {
  const { t } = useTranslation();
  const { decisions, state, closedAt } = finding;
  return (
    <section className={styles['said']}>
      <h2>{t('exposures.finding.said')}</h2>
      {decisions.length === 0 && <p>{t('exposures.finding.noneSaid')}</p>}
      <ol>
        {decisions.map(({ decision, note, by, at, completes, runId }) => (
          <li key={at}>
            <p>
              {t('exposures.decide.byline', {
                name: by.name ?? t('masks.someone'),
                what: t(`exposures.decide.verdict.${decision}`),
                when: momentOf(at),
              })}
            </p>
            <blockquote>{note}</blockquote>
            {state === 'open' && !completes && decision === 'no-breach' && (
              <p className={styles['rest']}>
                {t(runId === finding.runId ? 'exposures.decide.waiting' : 'exposures.decide.former')}
              </p>
            )}
            {state === 'open' && decision === 'order-new-aim' && (
              <p className={styles['rest']}>{t('exposures.decide.measures')}</p>
            )}
          </li>
        ))}
      </ol>
      {state === 'closed' && (
        <p>{t('exposures.finding.closedBy', { when: momentOf(closedAt ?? measuredAt ?? finding.openedAt) })}</p>
      )}
      {state === 'decided' && closedAt !== null && (
        <p>{t('exposures.finding.decided', { when: momentOf(closedAt) })}</p>
      )}
    </section>
  );
}
