// SPDX-License-Identifier: AGPL-3.0-or-later
import type { TFunction } from 'i18next';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf, momentOf, numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { rootLineOf, saveCheckpoint, saveKeys } from './files.ts';
import { Fingerprint } from './Fingerprint.tsx';
import styles from './KeptPanel.module.css';
import type { Memory, Verified } from './memory.ts';
import type { Snapshot } from './messages-between.ts';
import { record } from './use-record.ts';

/** What this browser holds the log to, in words first. Stays as it is while a verification runs beside it. */
export const KeptPanel = memo(function KeptPanel(
  props: Pick<Snapshot, 'newKeys' | 'firstSight' | 'lasting'> & { memory: Memory },
) {
  const { t } = useTranslation();
  const { memory, newKeys, firstSight, lasting } = props;
  const { kept } = memory;
  const when = (found: Verified | null) =>
    found === null
      ? t('record.kept.never')
      : t('record.kept.verifiedWords', { entries: entriesOf(t, found.size), time: momentOf(found.at) });
  return (
    <section className={styles['panel']}>
      <div>
        <h2>{t('record.kept.title')}</h2>
        <p className={styles['lead']}>{t('record.kept.lead')}</p>
        {!lasting && <Warning words={t('record.kept.forgetful')} />}
      </div>
      <dl className={styles['facts']}>
        <Fact name={t('record.kept.checkpoint')}>
          {kept === null ? (
            t('record.kept.none')
          ) : (
            <>
              {t('record.kept.checkpointWords', { entries: entriesOf(t, kept.size), time: momentOf(kept.seenAt) })}
              <Button icon="import" onClick={() => saveCheckpoint(kept.signed, kept.size)}>
                {t('record.kept.saveCheckpoint')}
              </Button>
            </>
          )}
        </Fact>
        <Fact name={t('record.kept.verified')}>{when(memory.entries)}</Fact>
        <Fact name={t('record.kept.verifiedTree')}>{when(memory.tree)}</Fact>
        <Fact name={t('record.kept.key')}>
          {t('record.kept.keyWords', { time: dayOf(memory.pinnedAt) })}
          <Button icon="import" onClick={() => saveKeys(memory.keys)}>
            {t('record.kept.saveKey')}
          </Button>
          {firstSight && <Warning words={t('record.kept.firstSight')} />}
        </Fact>
        <Fact name={t('record.kept.fingerprint')}>
          {memory.keys.map((key) => (
            <Fingerprint key={key} vkey={key} />
          ))}
          <small>{t('record.kept.fingerprintHow')}</small>
        </Fact>
        {kept !== null && (
          <Fact name={t('record.kept.root')}>
            <code>{rootLineOf(kept.signed)}</code>
          </Fact>
        )}
      </dl>
      {newKeys.length > 0 && <NewKeys keys={newKeys} />}
    </section>
  );
});

export const entriesOf = (t: TFunction, count: number): string =>
  t('record.entries', { count, formatted: numberOf(count) });

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Warning = ({ words }: { words: string }) => (
  <p className={styles['warning']}>
    <Icon name="alert" />
    {words}
  </p>
);

function NewKeys({ keys }: { keys: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles['new']}>
      <h3>{t('record.kept.newKey')}</h3>
      <p>{t('record.kept.newKeyWhy')}</p>
      {keys.map((key) => (
        <Fingerprint key={key} vkey={key} />
      ))}
      <Button onClick={record.trustServedKeys}>{t('record.kept.trustNew')}</Button>
    </div>
  );
}
