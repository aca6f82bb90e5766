// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { CameraCard } from '../cameras/CameraCard.tsx';
import { LiveWall } from '../viewings/LiveWall.tsx';
import { LookForm } from '../viewings/LookForm.tsx';
import type { Wall } from '../viewings/use-wall.ts';
import { hasRoom } from '../viewings/wall.ts';
import styles from './ConsolePage.module.css';

interface SidePanelProps {
  camera: CameraId | undefined;
  wall: Wall;
  large: boolean;
  onLarge: (large: boolean) => void;
  onSelect: (id: CameraId | undefined) => void;
  onLocate: (id: CameraId) => void;
}

/** The pictures that are open, and below them the camera in hand with the way to look at it. */
export function SidePanel({ camera, wall, large, onLarge, onSelect, onLocate }: SidePanelProps) {
  const { t } = useTranslation();
  const watched = wall.tiles.some((tile) => tile.errand.camera.id === camera);
  return (
    <aside
      className={styles['panel']}
      data-large={large ? '' : undefined}
      data-card={camera === undefined ? undefined : ''}
      aria-label={t('cameras.title')}
    >
      {wall.tiles.length > 0 ? <LiveWall wall={wall} large={large} onLarge={onLarge} onCard={onSelect} /> : <span />}
      {camera !== undefined && (
        <div className={styles['card']}>
          <CameraCard
            key={camera}
            cameraId={camera}
            onClose={() => onSelect(undefined)}
            onLocate={({ id }) => onLocate(id)}
          >
            {(shown) =>
              watched ? null : <LookForm camera={shown} room={hasRoom(wall.tiles, shown.id)} onLook={wall.look} />
            }
          </CameraCard>
        </div>
      )}
    </aside>
  );
}
