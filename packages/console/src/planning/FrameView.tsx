// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PlannerPage.module.css';
import type { Drawn } from './messages-between.ts';

/** What the frame would look like, drawn from geometry; homes lie behind slats and proposed masks are outlined. */
export function FrameView({ drawn, summary }: { drawn: Drawn | undefined; summary: string }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = drawn?.drawing;
  // A canvas is painted, not rendered.
  useEffect(() => {
    if (drawing === undefined || canvas.current === null) return;
    const { width, height, rgba } = drawing;
    if (canvas.current.width !== width) canvas.current.width = width;
    if (canvas.current.height !== height) canvas.current.height = height;
    canvas.current.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [drawing]);
  const { width, height } = drawn?.aim.image ?? { width: 16, height: 9 };
  return (
    <figure className={styles['frame']}>
      <div className={styles['picture']} style={{ aspectRatio: `${width} / ${height}` }}>
        <canvas ref={canvas} role="img" aria-label={`${t('planning.frame.label')} ${summary}`} />
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          {drawn?.masks.map((ring, index) => (
            // eslint-disable-next-line react/no-array-index-key -- masks are drawn anew with every look and have no other name
            <polygon key={index} points={ring.map(([x, y]) => `${x},${y}`).join(' ')} />
          ))}
        </svg>
      </div>
      <figcaption>{t('planning.frame.caption')}</figcaption>
    </figure>
  );
}
