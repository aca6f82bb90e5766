// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Calibrator.module.css';
import type { HalfMatch } from './matches.ts';

interface PickFrameProps {
  /** Address of the picture. */
  url: string;
  frame: FrameSize;
  matches: readonly HalfMatch[];
  chosen: number;
  onPick: (pixel: readonly [number, number]) => void;
}

const ARROWS: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const within = (value: number): number => Math.min(1, Math.max(0, value));

/** The picture with the points found on it. A click puts the chosen one; arrow keys move it by a pixel. */
export function PickFrame({ url, frame, matches, chosen, onPick }: PickFrameProps) {
  const { t } = useTranslation();
  const click = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onPick([within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)]);
  };
  const press = (event: KeyboardEvent) => {
    const step = ARROWS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const [x, y] = matches.find(({ id }) => id === chosen)?.pixel ?? [0.5, 0.5];
    const by = event.shiftKey ? 10 : 1;
    onPick([within(x + (step[0] * by) / frame.width), within(y + (step[1] * by) / frame.height)]);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application has keys of its own; the fields below do the same
    <div
      className={styles['picture']}
      style={{ aspectRatio: `${frame.width} / ${frame.height}` }}
      role="application"
      aria-label={t('cameras.calibrate.frame', { number: chosen + 1 })}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onClick={click}
      onKeyDown={press}
    >
      <img src={url} alt="" draggable={false} />
      {matches.map(
        ({ id, pixel }) =>
          pixel && (
            <span
              key={id}
              className={`${styles['point']} ${id === chosen ? styles['chosen'] : ''}`}
              style={{ left: `${pixel[0] * 100}%`, top: `${pixel[1] * 100}%` }}
              aria-hidden="true"
            >
              {id + 1}
            </span>
          ),
      )}
    </div>
  );
}
