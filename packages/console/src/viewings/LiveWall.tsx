// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/Button.tsx';
import { LiveTile } from './LiveTile.tsx';
import styles from './LiveWall.module.css';
import type { Wall } from './use-wall.ts';

interface LiveWallProps {
  wall: Wall;
  large: boolean;
  onLarge: (large: boolean) => void;
  onCard: (camera: CameraId) => void;
}

/** The open pictures, small in the panel or large over the map. It stays one element, so that no line is cut by a change. */
export function LiveWall({ wall, large, onLarge, onCard }: LiveWallProps) {
  const { t } = useTranslation();
  return (
    <section className={`${styles['wall']} ${large ? styles['large'] : ''}`} aria-label={t('viewings.wall')}>
      <div className={styles['bar']}>
        <h2 className="visually-hidden">{t('viewings.wall')}</h2>
        <span aria-hidden="true">{t('viewings.wall')}</span>
        <IconButton
          icon={large ? 'shrink' : 'expand'}
          label={t(large ? 'viewings.act.fold' : 'viewings.act.expand')}
          shortcut="W"
          onClick={() => onLarge(!large)}
        />
      </div>
      <div className={styles['tiles']} data-count={wall.tiles.length}>
        {wall.tiles.map((tile) => (
          <LiveTile
            key={tile.key}
            tile={tile}
            compact={!large && wall.tiles.length > 1}
            onClose={() => wall.close(tile.key)}
            onPin={() => wall.pin(tile.key)}
            onReopen={(byItself) => wall.reopen(tile, byItself)}
            onSteady={() => wall.steady(tile.key)}
            onCard={() => onCard(tile.errand.camera.id)}
          />
        ))}
      </div>
    </section>
  );
}
