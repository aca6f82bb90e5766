// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportReport, RowFate } from '@louver/contract';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { Segments } from '../design/Segments.tsx';
import { saveCsv } from '../oversight/csv.ts';
import { countOf, fatesOf, obstacleOf, reportCsv, rowsOf, worthOf } from './report.ts';
import styles from './Report.module.css';
import { RowTable } from './RowTable.tsx';
import type { ImportPlan } from './use-import.ts';

interface ReportProps {
  report: ImportReport;
  plan: ImportPlan;
  /** Whether the form still says what was checked. */
  current: boolean;
  onCommit?: () => void;
  onNext?: () => void;
}

/** What a file would do, or did: the sum, the obstacle, and every row with its fate. */
export function Report({ report, plan, current, onCommit, onNext }: ReportProps) {
  const { t } = useTranslation();
  const [fate, setFate] = useState<RowFate | 'all'>('all');
  const heading = useRef<HTMLHeadingElement>(null);
  // The report appears below a form; whoever uses keys or listens is led to it.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'start' });
  }, []);
  const fates = fatesOf(report);
  const rows = useMemo(() => rowsOf(report, fate), [report, fate]);
  const refused = countOf(report, 'refused');
  const total = numberOf(report.total);
  const save = () =>
    saveCsv(
      `louver-import-${plan.file?.name ?? report.kind}.csv`,
      reportCsv(
        report,
        [t('imports.row'), t('imports.key'), t('imports.outcome'), t('imports.field'), t('imports.why')],
        (one) => t(`imports.fate.${one}`),
      ),
    );
  return (
    <section className={styles['report']}>
      <h2 ref={heading} tabIndex={-1}>
        {t(report.mode === 'commit' ? 'imports.reportDone' : 'imports.report')}
      </h2>
      <p className={styles['sum']}>
        {refused === 0 ? t('imports.summaryClean', { total }) : t('imports.summaryRefused', { total, count: refused })}
      </p>
      <Outcome report={report} plan={plan} current={current} onCommit={onCommit} onNext={onNext} />
      <div className={styles['bar']}>
        <div className={styles['filter']}>
          <Segments
            label={t('imports.filter')}
            value={fate}
            onChange={setFate}
            options={[
              { value: 'all', label: `${t('imports.all')} ${total}` },
              ...fates.map((one) => ({
                value: one,
                label: `${t(`imports.fate.${one}`)} ${numberOf(countOf(report, one))}`,
              })),
            ]}
          />
        </div>
        <Button icon="import" onClick={save}>
          {t('imports.download')}
        </Button>
      </div>
      <RowTable key={fate} rows={rows} />
    </section>
  );
}

function Outcome({
  report,
  plan,
  current,
  onCommit,
  onNext,
}: { [K in keyof ReportProps]: ReportProps[K] | undefined } & Pick<ReportProps, 'report' | 'plan'>) {
  const { t } = useTranslation();
  const worth = worthOf(report);
  if (report.mode === 'commit') {
    return (
      <div className={styles['outcome']} role="status">
        <p>
          <strong>
            {report.committed
              ? t('imports.done', { count: worth, formatted: numberOf(worth) })
              : t('imports.notCommitted')}
          </strong>{' '}
          {report.committed && t('imports.doneWhy')}
        </p>
        <div className={styles['actions']}>
          <Button look="primary" onClick={onNext}>
            {t('imports.next')}
          </Button>
          <Link to="/" className={buttonClass()}>
            {t('imports.onMap')}
          </Link>
        </div>
      </div>
    );
  }
  const obstacle = obstacleOf(report, plan.partial);
  return (
    <div className={styles['outcome']} role="status">
      {current !== true && <p>{t('imports.changed')}</p>}
      {current === true && obstacle === 'refused' && (
        <p>{t('imports.blocked', { count: countOf(report, 'refused') })}</p>
      )}
      {current === true && obstacle === 'nothing' && <p>{t('imports.nothing')}</p>}
      {obstacle !== 'nothing' && (
        <Button look="primary" large disabled={current !== true || obstacle !== undefined} onClick={onCommit}>
          {t('imports.commit', { count: worth, formatted: numberOf(worth) })}
        </Button>
      )}
    </div>
  );
}
