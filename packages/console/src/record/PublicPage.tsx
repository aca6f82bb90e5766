// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { exactly, momentOf, numberOf } from '../app/times.ts';
import { LanguageChoice } from '../app/Choices.tsx';
import { Button } from '../design/Button.tsx';
import { Mark } from '../design/Mark.tsx';
import { AlteredPanel } from './AlteredPanel.tsx';
import { CommandLine } from './CommandLine.tsx';
import { CompareForm } from './CompareForm.tsx';
import { saveCheckpoint, saveKeys } from './files.ts';
import { Fingerprint } from './Fingerprint.tsx';
import type { Snapshot } from './messages-between.ts';
import styles from './PublicPage.module.css';
import { logQuery } from './queries.ts';
import { useRecord } from './use-record.ts';
import { Verdict } from './Verdict.tsx';
import { Witnesses } from './Witnesses.tsx';

const PROVED = ['whole', 'one', 'tools'] as const;
const UNPROVED = ['truth', 'outside', 'before', 'content'] as const;
const STEPS = ['save', 'wait', 'check'] as const;

/** For anybody, without an account: is the record whole, and how would you know? */
export function PublicPage() {
  const { t } = useTranslation();
  const snapshot = useRecord();
  return (
    <div className={styles['page']}>
      <header className={styles['bar']}>
        <span className={styles['brand']}>
          <Mark />
          Louver
        </span>
        <LanguageChoice />
      </header>
      <main id="content">
        <h1>{t('record.public.title')}</h1>
        <p className={styles['lead']}>{t('record.public.lead')}</p>
        <Newest snapshot={snapshot} />
        <AlteredPanel />
        <Verdict snapshot={snapshot} entries={false} />
        <Claims />
        <Keep snapshot={snapshot} />
        <Key snapshot={snapshot} />
        <Witnesses />
      </main>
      <footer className={styles['foot']}>
        <Link to="/login">{t('record.public.signIn')}</Link>
      </footer>
    </div>
  );
}

function Newest({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const { data } = useQuery(logQuery);
  const size = snapshot.size ?? data?.checkpoint?.size;
  const at = data?.checkpoint?.publishedAt;
  return (
    <div className={styles['newest']}>
      <p>
        <strong>{size === undefined ? '…' : numberOf(size)}</strong> {t('record.public.count')}
      </p>
      {at !== undefined && (
        <p>
          <time dateTime={at} title={exactly(at)}>
            {t('record.public.newest', { time: momentOf(at) })}
          </time>
        </p>
      )}
      {data?.health === null && <p>{t('record.public.quiet')}</p>}
    </div>
  );
}

function Claims() {
  const { t } = useTranslation();
  return (
    <section className={styles['claims']}>
      <div>
        <h2>{t('record.public.proves')}</h2>
        <ul className={styles['proved']}>
          {PROVED.map((claim) => (
            <li key={claim}>{t(`record.public.proved.${claim}`)}</li>
          ))}
        </ul>
      </div>
      <div>
        <h2>{t('record.public.doesNot')}</h2>
        <ul className={styles['unproved']}>
          {UNPROVED.map((claim) => (
            <li key={claim}>{t(`record.public.unproved.${claim}`)}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Keep({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const { memory, alarm } = snapshot;
  const kept = memory?.kept;
  return (
    <section>
      <h2>{t('record.public.keep')}</h2>
      <p className={styles['why']}>{t('record.public.keepLead')}</p>
      <ol className={styles['steps']}>
        {STEPS.map((step) => (
          <li key={step}>
            <p>{t(`record.public.step.${step}`)}</p>
            {step === 'save' && (
              <div className={styles['actions']}>
                <Button
                  large
                  icon="import"
                  disabled={!kept || alarm !== null}
                  onClick={() => kept && saveCheckpoint(kept.signed, kept.size)}
                >
                  {t('record.public.saveCheckpoint')}
                </Button>
                <Button large icon="import" disabled={!memory} onClick={() => memory && saveKeys(memory.keys)}>
                  {t('record.public.saveKey')}
                </Button>
              </div>
            )}
            {step === 'wait' && <CompareForm />}
          </li>
        ))}
      </ol>
      <p className={styles['why']}>{t('record.public.command')}</p>
      <CommandLine
        label={t('record.elsewhere.command')}
        text={`louver verify ${location.origin}/log --vkey louver.vkey --since louver-checkpoint-${kept?.size ?? 'N'}.txt`}
      />
    </section>
  );
}

function Key({ snapshot: { memory, firstSight } }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  if (memory === null) return null;
  return (
    <section>
      <h2>{t('record.public.key')}</h2>
      <p className={styles['why']}>{t('record.public.keyLead')}</p>
      {memory.keys.map((key) => (
        <div key={key} className={styles['key']}>
          <Fingerprint vkey={key} />
          <p className={styles['hint']}>{t('record.kept.fingerprintHow')}</p>
          <CommandLine label={t('record.public.key')} text={key} />
        </div>
      ))}
      {firstSight && <p className={styles['hint']}>{t('record.kept.firstSight')}</p>}
    </section>
  );
}
