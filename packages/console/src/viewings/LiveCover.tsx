// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/api-problem.ts';
import { Button } from '../design/Button.tsx';
import { Slats } from '../design/Slats.tsx';
import { isCutOff, isWithheld, type LiveState } from './live-state.ts';
import styles from './LiveCover.module.css';
import { REOPEN_ATTEMPTS, type Tile } from './wall.ts';

interface LiveCoverProps {
  tile: Tile;
  state: LiveState;
  onReopen: (byItself: boolean) => void;
  onClose: () => void;
}

/** What covers a picture that may not, cannot or does no longer show: slats, and the reason in a sentence. */
export function LiveCover({ tile, state, onReopen, onClose }: LiveCoverProps) {
  const { t } = useTranslation();
  const { stage } = tile;
  // Nobody answered when the line was opened again: the line is still cut.
  if (stage.kind === 'refused' && tile.attempts > 0 && SILENT.has(stage.problem.slug))
    return <CutOff key={tile.attempts} tile={tile} state={state} onReopen={onReopen} onClose={onClose} />;
  if (stage.kind === 'refused') return <Refused problem={stage.problem} onReopen={onReopen} />;
  if (stage.kind === 'opening') return <Slats className={styles['cover']} title={t('viewings.look.opening')} />;
  if (isCutOff(state))
    return <CutOff key={tile.attempts} tile={tile} state={state} onReopen={onReopen} onClose={onClose} />;
  if (state.kind === 'waiting')
    return (
      <Slats
        className={styles['cover']}
        title={t(isWithheld(state) ? 'viewings.state.withheld' : 'viewings.state.waiting')}
        why={t(`viewings.waiting.${state.reason}`)}
      />
    );
  if (state.kind === 'ended')
    return (
      <Slats className={styles['cover']} title={t('viewings.state.ended')} why={t(`viewings.end.${state.reason}`)}>
        <Button onClick={() => onReopen(false)}>{t('viewings.again')}</Button>
      </Slats>
    );
  if (state.kind === 'unsupported')
    return <Slats className={styles['cover']} title={t('viewings.state.refused')} why={t('viewings.unsupported')} />;
  return <Slats className={styles['cover']} title={t('viewings.state.connecting')} />;
}

const SILENT: ReadonlySet<string> = new Set(['unreachable', 'unavailable']);

function Refused({ problem, onReopen }: { problem: ApiProblem; onReopen: (byItself: boolean) => void }) {
  const { t } = useTranslation();
  const { slug, document } = problem;
  if (slug === 'record-not-sealed' || slug === 'ticket-unproven')
    return (
      <Slats className={styles['cover']} title={t('viewings.unsealed.title')} why={t('viewings.unsealed.why')}>
        <Button icon="reload" onClick={() => onReopen(false)}>
          {t('app.retry')}
        </Button>
      </Slats>
    );
  const why = slug === 'unreachable' ? t('app.lost.title') : t(`problems.${slug}`);
  const detail = slug === 'request-invalid' ? document?.errors?.[0]?.detail : undefined;
  return (
    <Slats className={styles['cover']} title={t('viewings.state.refused')} why={detail ?? why}>
      <Button onClick={() => onReopen(false)}>{t('app.retry')}</Button>
    </Slats>
  );
}

const PAUSES = [3, 6, 12] as const;

/** A cut line opens a new viewing, and says so before: each is one more entry in the record under this person's name. */
function CutOff({ tile, state, onReopen, onClose }: LiveCoverProps) {
  const { t } = useTranslation();
  const [left, setLeft] = useState<number | undefined>(PAUSES[tile.attempts]);
  const reopen = useEffectEvent(() => onReopen(true));
  // A countdown.
  useEffect(() => {
    if (left === undefined) return undefined;
    const timer = setTimeout(() => {
      if (left > 1) setLeft(left - 1);
      else reopen();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left]);
  const why = state.kind === 'ended' ? t(`viewings.end.${state.reason}`) : t('viewings.lostWhy');
  const plan =
    left === undefined
      ? ''
      : ` ${t('viewings.reopening', { seconds: left, attempt: tile.attempts + 1, of: REOPEN_ATTEMPTS })}`;
  return (
    <Slats className={styles['cover']} title={t('viewings.state.lost')} why={`${why}${plan}`}>
      <Button look="primary" onClick={() => onReopen(false)}>
        {t(left === undefined ? 'viewings.again' : 'viewings.reopenNow')}
      </Button>
      {left === undefined ? (
        <Button onClick={onClose}>{t('app.close')}</Button>
      ) : (
        <Button onClick={() => setLeft(undefined)}>{t('viewings.stopTrying')}</Button>
      )}
    </Slats>
  );
}
