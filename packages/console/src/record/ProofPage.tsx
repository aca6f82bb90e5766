// SPDX-License-Identifier: AGPL-3.0-or-later
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../app/times.ts';
import { PageHead } from '../oversight/PageHead.tsx';
import { AlteredPanel } from './AlteredPanel.tsx';
import { CommandLine } from './CommandLine.tsx';
import { KeptPanel } from './KeptPanel.tsx';
import styles from './ProofPage.module.css';
import { useRecord } from './use-record.ts';
import { Verdict } from './Verdict.tsx';

/** The auditor's own verification of the whole record. */
export function ProofPage() {
  const { t } = useTranslation();
  const snapshot = useRecord();
  const alarms = snapshot.memory?.alarms ?? [];
  const shown = snapshot.alarm ?? alarms[0];
  const earlier = alarms.filter(({ kind }) => kind !== shown?.kind);
  return (
    <>
      <PageHead title={t('record.page.title')} lead={t('record.page.lead')} summary={null}>
        {null}
      </PageHead>
      <AlteredPanel />
      <Verdict snapshot={snapshot} entries />
      {earlier.length > 0 && (
        <section className={styles['earlier']}>
          <h2>{t('record.past.title')}</h2>
          <ul>
            {earlier.map((alarm) => (
              <li key={alarm.kind}>
                {t('record.past.line', {
                  what: t(`record.alarm.title.${alarm.kind}`),
                  time: momentOf(alarm.at),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {snapshot.memory !== null && (
        <KeptPanel
          memory={snapshot.memory}
          newKeys={snapshot.newKeys}
          firstSight={snapshot.firstSight}
          lasting={snapshot.lasting}
        />
      )}
      <section className={styles['elsewhere']}>
        <div>
          <h2>{t('record.elsewhere.title')}</h2>
          <p>{t('record.elsewhere.lead')}</p>
        </div>
        <div>
          <CommandLine
            label={t('record.elsewhere.command')}
            text={`louver verify ${location.origin}/log --vkey louver.vkey --token-file token.txt`}
          />
          <p className={styles['hint']}>
            {t('record.elsewhere.tokens')} <Link to="/oversight/tokens">{t('record.elsewhere.toTokens')}</Link>
          </p>
        </div>
      </section>
    </>
  );
}
