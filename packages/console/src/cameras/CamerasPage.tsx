// SPDX-License-Identifier: AGPL-3.0-or-later
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../design/Button.tsx';
import { may, useSession } from '../session/session.ts';
import { CameraCard } from './CameraCard.tsx';
import { CameraList } from './CameraList.tsx';
import styles from './CamerasPage.module.css';
import { FilterPanel } from './FilterPanel.tsx';
import { useFreshCameras } from './use-fresh-cameras.ts';

const routeApi = getRouteApi('/room/cameras');

/** The inventory as a plain table, for those whose work is the devices and not the picture. */
export function CamerasPage() {
  const { t } = useTranslation();
  const { camera, ...filters } = routeApi.useSearch();
  const navigate = useNavigate({ from: '/cameras' });
  const session = useSession();
  useFreshCameras();
  return (
    <div className={styles['page']}>
      <div className={styles['filters']}>
        <h1>{t('cameras.title')}</h1>
        {may(session, 'camera.create') && (
          <Link to="/cameras/new" className={`${buttonClass()} ${styles['new']}`}>
            {t('cameras.edit.newTitle')}
          </Link>
        )}
        <FilterPanel
          filters={filters}
          onChange={(change) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })}
        />
      </div>
      <div className={styles['rows']}>
        <CameraList
          filters={filters}
          look="table"
          selected={camera}
          onSelect={(id) => void navigate({ search: (old) => ({ ...old, camera: id }) })}
        />
      </div>
      {camera !== undefined && (
        <aside className={styles['card']} aria-label={t('cameras.title')}>
          <CameraCard
            key={camera}
            cameraId={camera}
            onClose={() => void navigate({ search: (old) => ({ ...old, camera: undefined }) })}
          />
        </aside>
      )}
    </div>
  );
}
