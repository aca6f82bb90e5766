// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLineStands } from '../api/socket.ts';
import { Icon } from '../design/Icon.tsx';
import styles from './ConsolePage.module.css';
import type { ConsoleSearch, Spot } from './console-search.ts';
import { MapView } from './MapView.tsx';
import { spotAround } from './spot-around.ts';
import type { useCameraStore } from './use-camera-store.ts';
import type { MapPlace } from './use-map-place.ts';

interface StageProps {
  search: ConsoleSearch;
  cameras: ReturnType<typeof useCameraStore>;
  pointed: CameraId | undefined;
  view: MapPlace;
  onSelect: (id: CameraId | undefined) => void;
  onFit: () => void;
}

/** The map, as soon as it is known where it opens. */
export function Stage({ search, cameras, pointed, view, onSelect, onFit }: StageProps) {
  const { t } = useTranslation();
  const { store, version } = cameras;
  const box = store?.bounds();
  const [first] = useState(view.start);
  const [around, setAround] = useState<Spot>();
  if (first === undefined && around === undefined && (box !== undefined || !cameras.isPending))
    setAround(
      box === undefined
        ? NOWHERE
        : spotAround(box, { x: innerWidth - (innerWidth > 900 ? 340 : 0), y: innerHeight - 60 }),
    );
  const start = first ?? around;
  if (start === undefined)
    return (
      <p className={styles['waiting']} role="status">
        {t('map.loading')}
      </p>
    );
  return (
    <MapView
      start={start}
      store={store}
      version={version}
      selected={search.camera}
      hovered={pointed}
      onSelect={onSelect}
      onMoved={view.onMoved}
      onReady={view.onReady}
      onFit={onFit}
    />
  );
}

/** Where a map opens that has no camera to show. */
const NOWHERE: Spot = { lat: 12.68, lon: 108.05, zoom: 13 };

/** Said on the map, because it is the map that may be old. */
export function LineLost() {
  const { t } = useTranslation();
  const stands = useLineStands();
  return (
    <div role="status">
      {!stands && (
        <p className={styles['line']}>
          <Icon name="offline" />
          {t('app.socketLost')}
        </p>
      )}
    </div>
  );
}
