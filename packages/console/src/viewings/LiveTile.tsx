// SPDX-License-Identifier: AGPL-3.0-or-later
import type { OpenedViewing } from '@louver/contract';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/Button.tsx';
import { LiveCaption } from './LiveCaption.tsx';
import { LiveCover } from './LiveCover.tsx';
import { isOver, isWithheld, type LiveState } from './live-state.ts';
import { LiveStream } from './live-stream.ts';
import styles from './LiveTile.module.css';
import type { Tile } from './wall.ts';

const STEADY_MS = 30_000;

export interface LiveTileProps {
  tile: Tile;
  /** One of several in the panel: the picture, its code and its record; the rest is on the wall. */
  compact: boolean;
  onClose: () => void;
  onPin: () => void;
  onReopen: (byItself: boolean) => void;
  onSteady: () => void;
  onCard: () => void;
}

export function LiveTile({ tile, compact, onClose, onPin, onReopen, onSteady, onCard }: LiveTileProps) {
  const { t } = useTranslation();
  const holder = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const viewing = tile.stage.kind === 'open' ? tile.stage.viewing : undefined;
  const { state, stream } = useLiveStream(video, viewing, onSteady);
  const { code, name } = tile.errand.camera;
  const shown = state.kind === 'playing' || state.kind === 'frozen';

  // The form that opened this is gone, and the focus with it: F and Esc should work at once.
  useEffect(() => holder.current?.focus({ preventScroll: true }), []);

  const press = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'f') void toggleFullscreen(holder.current);
    else if (event.key === 'Escape' && document.fullscreenElement === null) onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- F and Esc belong to the picture that has the focus
    <section
      ref={holder}
      className={`${styles['tile']} ${state.kind === 'frozen' ? styles['frozen'] : ''}`}
      aria-label={`${code} ${name}`}
      data-compact={compact ? '' : undefined}
      data-viewing={viewing?.id}
      data-state={tile.stage.kind === 'open' ? state.kind : tile.stage.kind}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- F and Esc belong to the picture that has the focus
      tabIndex={0}
      onKeyDown={press}
    >
      <header className={styles['head']}>
        <button type="button" className={styles['who']} onClick={onCard} title={t('viewings.act.card')}>
          <strong>{code}</strong>
          <span>{name}</span>
        </button>
        <StateWord tile={tile} state={state} />
        <IconButton
          icon="pin"
          label={t(tile.pinned ? 'viewings.act.unpin' : 'viewings.act.pin')}
          aria-pressed={tile.pinned}
          onClick={onPin}
        />
        <IconButton
          className={styles['screen']}
          icon="expand"
          label={t('viewings.act.fullscreen')}
          shortcut="F"
          onClick={() => void toggleFullscreen(holder.current)}
        />
        <IconButton icon="close" label={t('viewings.act.close')} shortcut="Esc" onClick={onClose} />
      </header>
      <div className={styles['frame']}>
        {/* eslint-disable-next-line jsx-a11y/media-has-caption -- live pictures have no sound and no words */}
        <video ref={video} muted autoPlay playsInline aria-label={t('viewings.picture', { code })} />
        <div className={`${styles['cover']} ${shown ? styles['opened'] : ''}`} aria-hidden={shown}>
          <LiveCover tile={tile} state={state} onReopen={onReopen} onClose={onClose} />
        </div>
        {state.kind === 'frozen' && <FrozenNote since={state.since} />}
      </div>
      <LiveCaption tile={tile} viewing={viewing} state={state} stream={stream} />
    </section>
  );
}

/** Holds the line of a viewing as long as the tile shows it. */
function useLiveStream(
  video: RefObject<HTMLVideoElement | null>,
  viewing: OpenedViewing | undefined,
  onSteady: () => void,
): { state: LiveState; stream: RefObject<LiveStream | undefined> } {
  const [told, setTold] = useState<{ of: string; state: LiveState }>();
  const stream = useRef<LiveStream>(undefined);
  const steady = useEffectEvent(onSteady);
  // The line and the video element are outside of React.
  useEffect(() => {
    const element = video.current;
    if (viewing === undefined || element === null) return undefined;
    let lastSteady: ReturnType<typeof setTimeout> | undefined;
    const tell = (state: LiveState) => {
      setTold({ of: viewing.id, state });
      clearTimeout(lastSteady);
      if (state.kind === 'playing') lastSteady = setTimeout(() => steady(), STEADY_MS);
    };
    // A ticket serves once: an effect that React runs and takes back at once must not spend it.
    const start = setTimeout(() => {
      stream.current = new LiveStream(element, viewing.live.webSocketUrl, tell);
    });
    return () => {
      clearTimeout(start);
      clearTimeout(lastSteady);
      stream.current?.close();
      stream.current = undefined;
    };
  }, [video, viewing]);
  return { state: told !== undefined && told.of === viewing?.id ? told.state : { kind: 'connecting' }, stream };
}

async function toggleFullscreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement !== null) await document.exitFullscreen();
  else await element?.requestFullscreen();
}

function StateWord({ tile, state }: { tile: Tile; state: LiveState }) {
  const { t } = useTranslation();
  const word =
    tile.stage.kind === 'refused' && tile.stage.problem.slug === 'record-not-sealed'
      ? 'unsealed'
      : tile.stage.kind !== 'open'
        ? tile.stage.kind
        : isWithheld(state)
          ? 'withheld'
          : state.kind === 'unsupported'
            ? 'refused'
            : state.kind;
  const live = word === 'playing';
  const sign = live
    ? 'dot'
    : word === 'withheld'
      ? 'stripe'
      : isOver(state) || word === 'frozen' || word === 'unsealed'
        ? 'bars'
        : 'ring';
  return (
    <span className={`${styles['word']} ${live ? styles['live'] : ''}`} role="status">
      <i className={styles[sign]} />
      <span>{t(`viewings.state.${word}`)}</span>
    </span>
  );
}

function FrozenNote({ since }: { since: number }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  // A clock.
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className={styles['still']}>
      {t('viewings.frozenWhy', { seconds: Math.max(2, Math.round((now - since) / 1000)) })}
    </p>
  );
}
