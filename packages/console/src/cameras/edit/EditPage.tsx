// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, type Camera } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../../design/Button.tsx';
import { Icon } from '../../design/Icon.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { Slats } from '../../design/Slats.tsx';
import { Trouble } from '../../oversight/Trouble.tsx';
import { editsOf } from '../../planning/plan-values.ts';
import { may, useSession } from '../../session/session.ts';
import { cameraQuery } from '../queries.ts';
import { StateSign } from '../StateSign.tsx';
import { useFreshCameras } from '../use-fresh-cameras.ts';
import { useMasksWords } from '../use-masks-words.ts';
import { AimSection } from './AimSection.tsx';
import styles from './EditPage.module.css';
import { DeviceSection } from './DeviceSection.tsx';
import { PublicSection } from './PublicSection.tsx';
import { StatedSection } from './StatedSection.tsx';
import { StreamSection } from './StreamSection.tsx';
import { UnsavedGuard } from './unsaved.tsx';

const pageApi = getRouteApi('/room/camera-edit-room/cameras/$cameraId/edit');

/** A camera as it is stated, aimed and fetched; whoever minds the devices alone sees only the last. */
export function EditPage() {
  const cameraId = CameraId.parse(pageApi.useParams().cameraId);
  const handed = pageApi.useSearch();
  const session = useSession();
  useFreshCameras();
  const { data: camera, error, refetch } = useQuery(cameraQuery(cameraId));
  if (camera === undefined && error !== null) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (camera === undefined) return <Skeleton rows={12} />;
  return (
    <UnsavedGuard key={camera.id}>
      <div className={styles['page']}>
        <Head camera={camera} />
        {may(session, 'camera.update') && <StatedSection camera={camera} />}
        {may(session, 'camera.update') && <PublicSection camera={camera} />}
        {may(session, 'aim.change') && <AimSection camera={camera} planned={editsOf(handed)} plannedAim={handed.aim} />}
        <StreamSection camera={camera} />
        <DeviceSection camera={camera} />
      </div>
    </UnsavedGuard>
  );
}

function Head({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const session = useSession();
  const masks = useMasksWords(camera);
  return (
    <header className={styles['head']}>
      <Link to="/cameras" search={{ camera: camera.id }} className={styles['back']}>
        <Icon name="left" size={14} />
        {t('cameras.edit.toCard')}
      </Link>
      <h1>{t('cameras.edit.title', { code: camera.code })}</h1>
      <p>
        {camera.name} · <StateSign status={camera.status} state={camera.health.state} />
      </p>
      {masks !== undefined && (
        <div className={styles['masks']}>
          <Slats fine className={styles['slats']} />
          <p>{masks}</p>
          {may(session, 'mask.propose') && camera.aims.length > 0 && (
            <Link to="/cameras/$cameraId/masks" params={{ cameraId: camera.id }} className={buttonClass()}>
              {t('cameras.edit.toMasks')}
            </Link>
          )}
        </div>
      )}
    </header>
  );
}
