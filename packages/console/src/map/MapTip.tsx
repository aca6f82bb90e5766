// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraStatus, StreamState, type CameraId } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAreaName } from '../cameras/areas.ts';
import { cameraQuery } from '../cameras/queries.ts';
import { StateSign } from '../cameras/StateSign.tsx';
import type { CameraStore } from './camera-store.ts';
import type { Pointed } from './MapView.tsx';
import styles from './MapView.module.css';

const REST_MS = 140;

/** True once the pointer has rested: a sweep across the map asks the server for nothing. */
function useRested(id: CameraId): boolean {
  const [rested, setRested] = useState<CameraId>();
  // A clock.
  useEffect(() => {
    const timer = setTimeout(() => setRested(id), REST_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return rested === id;
}

export function MapTip({ pointed: { hit, point }, store }: { pointed: Pointed; store: CameraStore }) {
  const { t } = useTranslation();
  const place = { transform: `translate(${point.x + 16}px, ${point.y + 14}px)` };
  return (
    <div className={styles['tip']} style={place} aria-hidden="true">
      {hit.kind === 'camera' ? (
        <CameraTip store={store} index={hit.index} />
      ) : (
        <>
          {t('map.cluster', { count: hit.count })}
          {hit.troubled > 0 && <p>{t('map.clusterTrouble', { count: hit.troubled })}</p>}
        </>
      )}
    </div>
  );
}

function CameraTip({ store, index }: { store: CameraStore; index: number }) {
  const areaName = useAreaName();
  const id = store.idAt(index);
  const { data } = useQuery({ ...cameraQuery(id), enabled: useRested(id) });
  const { columns } = store;
  const area = columns.jurisdictions[columns.jurisdiction[index]!];
  return (
    <>
      {data !== undefined && (
        <strong>
          {data.code} · {data.name}
        </strong>
      )}
      <StateSign
        status={CameraStatus.options[columns.status[index]!]!}
        state={StreamState.options[columns.streamState[index]!]!}
      />
      {area !== undefined && <p>{areaName(area)}</p>}
    </>
  );
}
