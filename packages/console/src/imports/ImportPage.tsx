// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { FileDrop } from './FileDrop.tsx';
import { ImportOptions, KindChoice } from './ImportOptions.tsx';
import styles from './ImportPage.module.css';
import { Progress } from './Progress.tsx';
import { Report } from './Report.tsx';
import { BrokenOff } from './run-import.ts';
import { samePlan, useImport, type ImportPlan, type ImportState } from './use-import.ts';

const EMPTY: ImportPlan = {
  kind: 'cameras',
  file: undefined,
  type: '',
  jurisdiction: undefined,
  partial: false,
  duplicateMetres: 0,
};

/** A file, a check that changes nothing, a report row by row, and only then the import. */
export function ImportPage() {
  const { t } = useTranslation();
  const [plan, setPlan] = useState(EMPTY);
  const { state, run, stop, forget } = useImport();
  const busy = state.at === 'running';
  const change = (next: Partial<ImportPlan>) => setPlan((before) => ({ ...before, ...next }));
  const restart = () => {
    setPlan((before) => ({ ...EMPTY, kind: before.kind }));
    forget();
  };
  return (
    <div className={styles['page']}>
      <header>
        <h1>{t('imports.title')}</h1>
        <p className={styles['lead']}>{t('imports.lead')}</p>
      </header>
      {state.at !== 'imported' && (
        <section className={styles['form']}>
          <KindChoice plan={plan} disabled={busy} onChange={change} />
          <FileDrop file={plan.file} disabled={busy} onFile={(file, type) => change({ file, type })} />
          {plan.file !== undefined && (
            <>
              <ImportOptions plan={plan} disabled={busy} onChange={change} />
              <div className={styles['actions']}>
                <Button
                  look={state.at === 'checked' && samePlan(state.plan, plan) ? 'plain' : 'primary'}
                  large
                  disabled={busy}
                  onClick={() => void run(plan, 'dry-run')}
                >
                  {t(state.at === 'checked' ? 'imports.checkAgain' : 'imports.check')}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
      {busy && <Progress progress={state.progress} onStop={state.mode === 'dry-run' ? stop : undefined} />}
      {state.at === 'stopped' && (
        <p role="status" className={styles['lead']}>
          {t('imports.stopped')}
        </p>
      )}
      {state.at === 'failed' && <Failed state={state} />}
      {state.at === 'checked' && (
        <Report
          report={state.report}
          plan={state.plan}
          current={samePlan(state.plan, plan)}
          onCommit={() => void run(state.plan, 'commit')}
        />
      )}
      {state.at === 'imported' && <Report report={state.report} plan={state.plan} current onNext={restart} />}
    </div>
  );
}

function Failed({ state: { error, mode } }: { state: Extract<ImportState, { at: 'failed' }> }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const details =
    error instanceof Error && 'document' in error ? (error.document as { errors?: Fault[] } | undefined) : undefined;
  const why =
    error instanceof BrokenOff ? t(mode === 'commit' ? 'imports.unknownEnd' : 'imports.brokenCheck') : words(error);
  return (
    <Notice urgent title={t('imports.failed')} why={why}>
      {details?.errors !== undefined && (
        <ul className={styles['faults']}>
          {details.errors.slice(0, 5).map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              {pointer !== '' && <code>{pointer}</code>} {detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

interface Fault {
  pointer: string;
  detail: string;
}
