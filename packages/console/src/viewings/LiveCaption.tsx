// SPDX-License-Identifier: AGPL-3.0-or-later
import type { OpenedViewing } from '@louver/contract';
import { useEffect, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/i18n.ts';
import { clockOf, exactly } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import { isOver, type LiveState } from './live-state.ts';
import type { LiveStream } from './live-stream.ts';
import styles from './LiveTile.module.css';
import type { Tile } from './wall.ts';

interface LiveCaptionProps {
  tile: Tile;
  viewing: OpenedViewing | undefined;
  state: LiveState;
  stream: RefObject<LiveStream | undefined>;
}

const decimal = (value: number) =>
  new Intl.NumberFormat(currentLanguage(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

/** Below every picture: why it is open, for how long still, and where it stands on the record. */
export function LiveCaption({ tile: { errand }, viewing, state, stream }: LiveCaptionProps) {
  const { t } = useTranslation();
  const { now, lag } = useEverySecond(stream);
  const purpose = errand.caseReference === undefined ? errand.purpose : `${errand.purpose} · ${errand.caseReference}`;
  return (
    <footer className={styles['caption']}>
      <span className={styles['purpose']} title={`${t('viewings.caption.purpose')}: ${purpose}`}>
        {purpose}
      </span>
      {viewing !== undefined && !isOver(state) && (
        <span className={styles['left']} title={`${t('viewings.caption.leftLabel')}: ${exactly(viewing.endsAt)}`}>
          {t('viewings.caption.left', { time: clockOf((Date.parse(viewing.endsAt) - now) / 1000) })}
        </span>
      )}
      {viewing !== undefined && (
        <span className={styles['receipt']} title={t('viewings.caption.receipt', { digest: viewing.receipt.digest })}>
          <Icon name="check" size={13} />
          {t('viewings.caption.onRecord', { seq: viewing.receipt.seq })}
        </span>
      )}
      {state.kind === 'playing' && (
        <span className={styles['lag']} title={t('viewings.caption.lagTitle')}>
          {t('viewings.caption.masks', { version: state.maskVersion })}
          {lag !== undefined && ` · ${t('viewings.caption.lag', { seconds: decimal(lag) })}`}
        </span>
      )}
    </footer>
  );
}

function useEverySecond(stream: RefObject<LiveStream | undefined>): { now: number; lag: number | undefined } {
  const [tick, setTick] = useState<{ now: number; lag: number | undefined }>(() => ({
    now: Date.now(),
    lag: undefined,
  }));
  // A clock that also reads how far the picture is behind.
  useEffect(() => {
    const timer = setInterval(() => setTick({ now: Date.now(), lag: stream.current?.lag }), 1000);
    return () => clearInterval(timer);
  }, [stream]);
  return tick;
}
