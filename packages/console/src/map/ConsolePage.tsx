// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { LatLngBounds } from 'leaflet';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../app/shortcuts.ts';
import { Segments } from '../design/Segments.tsx';
import { useWall } from '../viewings/use-wall.ts';
import type { CameraStore } from './camera-store.ts';
import styles from './ConsolePage.module.css';
import { textOfSpot, type ConsoleSearch } from './console-search.ts';
import { Rail } from './Rail.tsx';
import { SidePanel } from './SidePanel.tsx';
import { LineLost, Stage } from './Stage.tsx';
import { useCameraStore } from './use-camera-store.ts';
import { useLocate, useMapPlace } from './use-map-place.ts';
import { countStates } from './count-states.ts';

const routeApi = getRouteApi('/room/');

export function ConsolePage() {
  const { t } = useTranslation();
  const search = routeApi.useSearch();
  const navigate = useNavigate({ from: '/' });
  const change = (next: Partial<ConsoleSearch>, push = false) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: !push });
  const cameras = useCameraStore(search);
  const wall = useWall();
  const [large, setLarge] = useState(false);
  const [pointed, setPointed] = useState<CameraId>();
  const [mobile, setMobile] = useState<'map' | 'list'>('map');
  const view = useMapPlace(search, (spot) => change({ at: textOfSpot(spot) }));
  const select = (camera: CameraId | undefined) => change({ camera }, true);
  const locate = useLocate(view.map);
  const { store, version } = cameras;
  const facts = useMemo(() => factsOf(store, view.bounds, version), [store, view.bounds, version]);
  const isLarge = large && wall.tiles.length > 0;

  useShortcuts({
    t: () => change({ view: search.view === 'table' ? undefined : 'table' }),
    w: () => setLarge(!large),
    Escape: () => {
      const last = wall.tiles.findLast((tile) => !tile.pinned);
      if (isLarge) setLarge(false);
      else if (last !== undefined) wall.close(last.key);
      else if (search.camera !== undefined) select(undefined);
    },
  });

  const panel = search.camera !== undefined || wall.tiles.length > 0;
  return (
    <div
      className={styles['console']}
      data-view={search.view ?? 'list'}
      data-panel={panel ? 'open' : 'closed'}
      data-mobile={mobile}
    >
      <h1 className="visually-hidden">{t('map.title')}</h1>
      <Rail
        search={search}
        {...facts}
        bbox={view.bbox}
        onChange={change}
        onSelect={(id) => {
          select(id);
          setMobile('map');
          void locate(id);
        }}
        onPoint={setPointed}
      />
      <div className={styles['stage']}>
        <Stage
          search={search}
          cameras={cameras}
          pointed={pointed}
          view={view}
          onSelect={select}
          onFit={() => view.fit(store)}
        />
        <LineLost />
      </div>
      {panel && (
        <SidePanel
          camera={search.camera}
          wall={wall}
          large={isLarge}
          onLarge={setLarge}
          onSelect={select}
          onLocate={(id) => void locate(id)}
        />
      )}
      <div className={styles['switch']}>
        <Segments
          label={t('cameras.list.view')}
          value={mobile}
          onChange={setMobile}
          options={[
            { value: 'map', label: t('map.showMap'), icon: 'map' },
            { value: 'list', label: t('map.showList'), icon: 'list' },
          ]}
        />
      </div>
    </div>
  );
}

/** What the rail says of the cameras; the version is only there to ask again when the store has changed inside. */
function factsOf(store: CameraStore | undefined, bounds: LatLngBounds | undefined, _version: object) {
  if (store === undefined) return { counts: undefined, matching: undefined, inView: undefined };
  const inView =
    bounds === undefined
      ? undefined
      : store.countIn(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth());
  return { counts: countStates(store), matching: store.visibleCount, inView };
}
