// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskSet } from '@louver/contract';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './MaskPreview.module.css';
import { pathOf } from './ring.ts';
import { SlatPattern } from './SlatPattern.tsx';

/** The shapes alone, on the frame's shape: a picture would need a ticket. */
export function MaskPreview({ set }: { set: Pick<MaskSet, 'polygons' | 'frame' | 'cameraCode'> }) {
  const { t } = useTranslation();
  const id = useId();
  const { width, height } = set.frame;
  const path = pathOf(set.polygons, set.frame);
  return (
    <svg
      className={styles['preview']}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('masks.preview', {
        polygons: t('masks.polygons', { count: set.polygons.length }),
        camera: set.cameraCode,
      })}
    >
      <defs>
        <SlatPattern id={id} pitch={height / 16} />
      </defs>
      <rect width={width} height={height} className={styles['frame']} />
      <path d={path} className={styles['outline']} />
      <path d={path} fill={`url(#${id})`} />
    </svg>
  );
}
