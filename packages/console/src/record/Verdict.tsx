// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { dayOf, durationOf, momentOf, numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Icon, type IconName } from '../design/Icon.tsx';
import { AlarmPanel } from './AlarmPanel.tsx';
import type { Run, Snapshot } from './messages-between.ts';
import { standingOf, type Standing } from './standing.ts';
import { record } from './use-record.ts';
import styles from './Verdict.module.css';

interface VerdictProps {
  snapshot: Snapshot;
  /** Whether the entries are verified too, which is for auditors. */
  entries: boolean;
}

/** What this browser knows of the record: a sentence, why, and the one thing to do. */
export function Verdict({ snapshot, entries }: VerdictProps) {
  const standing = standingOf(snapshot, entries);
  if (standing.kind === 'alarm') return <AlarmPanel alarm={standing.alarm} now={standing.now} />;
  return (
    <section className={styles['verdict']} data-standing={standing.kind} aria-live="polite">
      <Sign standing={standing} />
      <div>
        <Told standing={standing} snapshot={snapshot} entries={entries} />
        {standing.kind === 'running' ? (
          <Progress run={standing.run} />
        ) : (
          <Actions standing={standing} entries={entries} outcome={snapshot.outcome} />
        )}
      </div>
    </section>
  );
}

const SIGNS: Record<Exclude<Standing['kind'], 'alarm'>, IconName> = {
  asking: 'clock',
  unsupported: 'offline',
  absent: 'record',
  running: 'reload',
  unreachable: 'offline',
  idle: 'look',
  verified: 'check',
  grown: 'check',
};

const Sign = ({ standing }: { standing: Exclude<Standing, { kind: 'alarm' }> }) => (
  <span className={styles['sign']}>
    <Icon name={SIGNS[standing.kind]} size={28} />
  </span>
);

function Told({
  standing,
  snapshot,
  entries,
}: {
  standing: Exclude<Standing, { kind: 'alarm' }>;
  snapshot: Snapshot;
  entries: boolean;
}) {
  const { t } = useTranslation();
  const { kind } = standing;
  if (kind === 'verified' || kind === 'grown') {
    const { size, at } = standing.verified;
    const count = kind === 'grown' ? standing.more : size;
    const since =
      snapshot.firstSight || snapshot.memory === null
        ? t('record.verdict.sinceFirst')
        : t('record.verdict.sinceKept', { day: dayOf(snapshot.memory.pinnedAt) });
    const facts = { since, count, formatted: numberOf(count), time: momentOf(at), verified: numberOf(size) };
    const why = kind === 'grown' ? 'grownWhy' : entries ? 'verifiedWhy' : 'verifiedTreeWhy';
    return <Sentence title={t(`record.verdict.${kind}`)} why={t(`record.verdict.${why}`, facts)} />;
  }
  if (kind === 'unreachable') {
    const size = snapshot.memory?.kept?.size;
    const kept =
      size === undefined ? '' : ` ${t('record.verdict.unreachableKept', { count: size, formatted: numberOf(size) })}`;
    return (
      <Sentence
        title={t('record.verdict.unreachable', { time: momentOf(standing.since) })}
        why={`${t('record.verdict.unreachableWhy')}${kept}`}
      />
    );
  }
  if (kind === 'idle') {
    const key = entries ? 'idle' : 'idleTree';
    return <Sentence title={t(`record.verdict.${key}`)} why={t(`record.verdict.${key}Why`)} />;
  }
  return <Sentence title={t(`record.verdict.${kind}`)} why={t(`record.verdict.${kind}Why`)} />;
}

const Sentence = ({ title, why }: { title: string; why: string }) => (
  <>
    <h2>{title}</h2>
    <p className={styles['why']}>{why}</p>
  </>
);

function Progress({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { verified, total, rate } = run;
  const left = rate > 0 ? (total - verified) / rate : undefined;
  return (
    <div className={styles['progress']}>
      <progress
        max={Math.max(1, total)}
        value={verified}
        aria-label={t('record.verdict.progress', { verified: numberOf(verified), total: numberOf(total) })}
      />
      {/* Four times a second is too often to be read aloud; the bar above says it when asked. */}
      <p className={styles['figures']} aria-live="off">
        <strong>{t('record.verdict.progress', { verified: numberOf(verified), total: numberOf(total) })}</strong>
        {rate > 0 && <span>{t('record.verdict.rate', { rate: numberOf(Math.round(rate)) })}</span>}
        {left !== undefined && left >= 1 && <span>{t('record.verdict.left', { duration: durationOf(left, 1) })}</span>}
      </p>
      <Button icon="close" onClick={record.cancel}>
        {t('record.verdict.stop')}
      </Button>
    </div>
  );
}

interface ActionsProps {
  standing: Exclude<Standing, { kind: 'alarm' | 'running' }>;
  entries: boolean;
  outcome: Snapshot['outcome'];
}

function Actions({ standing, entries, outcome }: ActionsProps) {
  const { t } = useTranslation();
  const { kind } = standing;
  const unfinished = outcome !== null && outcome !== 'verified' && outcome !== 'alarm' ? outcome : undefined;
  const counted = (count: number) => ({ count, formatted: numberOf(count) });
  return (
    <>
      {unfinished !== undefined && kind !== 'unreachable' && (
        <p className={styles['outcome']}>{t(`record.outcome.${unfinished}`)}</p>
      )}
      <div className={styles['actions']}>
        {kind === 'idle' && standing.size > 0 && (
          <Button look="primary" large onClick={() => record.verify(entries, false)}>
            {entries ? t('record.verdict.start', counted(standing.size)) : t('record.verdict.startTree')}
          </Button>
        )}
        {kind === 'grown' && (
          <Button look="primary" large onClick={() => record.verify(entries, false)}>
            {t('record.verdict.startNew', counted(standing.more))}
          </Button>
        )}
        {(kind === 'grown' || kind === 'verified') && (
          <Button large look={kind === 'grown' ? 'quiet' : 'plain'} onClick={() => record.verify(entries, true)}>
            {t('record.verdict.again')}
          </Button>
        )}
        {(kind === 'unreachable' || kind === 'absent') && (
          <Button icon="reload" onClick={record.look}>
            {t('app.retry')}
          </Button>
        )}
      </div>
    </>
  );
}
