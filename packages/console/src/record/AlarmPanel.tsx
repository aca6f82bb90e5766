// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { exactly, momentOf, numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import styles from './AlarmPanel.module.css';
import { saveCheckpoint, saveKeys, saveReport } from './files.ts';
import { Fingerprint } from './Fingerprint.tsx';
import type { Alarm } from './memory.ts';
import { record } from './use-record.ts';

const STEPS = {
  shrank: ['save', 'keep', 'tell'],
  rewritten: ['save', 'keep', 'tell'],
  signature: ['save', 'keep', 'tell'],
  damaged: ['save', 'keep', 'tell'],
  'key-changed': ['compare', 'save', 'tell'],
} as const;

/** A promise is in danger: what happened in a sentence, what to do, the evidence; hashes last. */
export function AlarmPanel({ alarm, now }: { alarm: Alarm; now: boolean }) {
  const { t } = useTranslation();
  const { kind, kept, served, path } = alarm;
  const unknown = t('record.alarm.unknown');
  const facts = {
    kept: kept === null ? unknown : numberOf(kept.size),
    served: typeof served?.size === 'number' ? numberOf(served.size) : unknown,
    path: path ?? unknown,
  };
  return (
    <section className={styles['alarm']} role="alert" data-alarm={kind} data-now={now}>
      <p className={styles['label']}>
        <Icon name="alert" />
        {now ? t('record.alarm.now') : t('record.alarm.before', { time: momentOf(alarm.at) })}
      </p>
      <h2>{t(`record.alarm.title.${kind}`)}</h2>
      <p className={styles['meaning']}>{t(`record.alarm.meaning.${kind}`, facts)}</p>
      {!now && <p className={styles['meaning']}>{t('record.alarm.past')}</p>}
      <h3>{t('record.alarm.todo')}</h3>
      <ol className={styles['todo']}>
        {STEPS[kind].map((step) => (
          <li key={step}>{t(`record.alarm.${step}`)}</li>
        ))}
      </ol>
      <div className={styles['actions']}>
        {kept !== null && (
          <Button icon="import" look="primary" onClick={() => saveCheckpoint(kept.signed, kept.size, '-kept')}>
            {t('record.alarm.saveKept')}
          </Button>
        )}
        {served !== null && (
          <Button icon="import" look="primary" onClick={() => saveCheckpoint(served.signed, served.size, '-served')}>
            {t('record.alarm.saveServed')}
          </Button>
        )}
        <Button icon="import" onClick={() => saveKeys(alarm.pinnedKeys)}>
          {t('record.alarm.saveKeys')}
        </Button>
        <Button icon="import" onClick={() => saveReport(alarm)}>
          {t('record.alarm.saveReport')}
        </Button>
      </div>
      {now && kind === 'key-changed' && (
        <div className={styles['keys']}>
          <h3>{t('record.alarm.servedKeys')}</h3>
          {alarm.servedKeys.map((key) => (
            <Fingerprint key={key} vkey={key} />
          ))}
          <Button look="danger" onClick={record.trustServedKeys}>
            {t('record.alarm.trust')}
          </Button>
        </div>
      )}
      {!now && (
        <div className={styles['actions']}>
          <Button onClick={record.alarmsKept}>{t('record.alarm.acknowledge')}</Button>
        </div>
      )}
      <Details alarm={alarm} />
    </section>
  );
}

function Details({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation();
  const { kept, served, path, detail, at, pinnedKeys, servedKeys } = alarm;
  return (
    <details className={styles['details']}>
      <summary>{t('record.alarm.details')}</summary>
      <dl>
        <dt>{t('record.alarm.found')}</dt>
        <dd>
          <code>{detail}</code> · {exactly(at)}
        </dd>
        {path !== null && (
          <>
            <dt>{t('record.alarm.file')}</dt>
            <dd>
              <code>{path}</code>
            </dd>
          </>
        )}
        {kept !== null && <Text name={t('record.alarm.kept')} text={kept.signed} />}
        {served !== null && <Text name={t('record.alarm.served')} text={served.signed.slice(0, 4000)} />}
        <Text name={t('record.alarm.pinnedKeys')} text={pinnedKeys.join('\n')} />
        <Text name={t('record.alarm.servedKeys')} text={servedKeys.join('\n')} />
      </dl>
    </details>
  );
}

const Text = ({ name, text }: { name: string; text: string }) => (
  <>
    <dt>{name}</dt>
    <dd>
      <pre>{text}</pre>
    </dd>
  </>
);
