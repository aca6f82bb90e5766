// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CameraId } from '@louver/contract';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { MaskEditor } from './MaskEditor.tsx';
import { cameraQuery, inForce, setsOfCameraQuery } from './masks-query.ts';

const pageApi = getRouteApi('/room/masks-room/cameras/$cameraId/masks');

/** Everything that drawing needs to know before the first line: the camera, its aim, and what is in force. */
export function EditorPage() {
  const { t } = useTranslation();
  const cameraId = CameraId.parse(pageApi.useParams().cameraId);
  const { aim: wanted } = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const camera = useQuery(cameraQuery(cameraId));
  const sets = useQuery(setsOfCameraQuery(cameraId));
  const error = camera.error ?? sets.error;
  if (error !== null) {
    const again = () => void Promise.all([camera.refetch(), sets.refetch()]);
    return <Trouble error={error} onRetry={again} />;
  }
  if (camera.data === undefined || sets.data === undefined) return <Skeleton rows={10} />;
  const { aims } = camera.data;
  const aim = aims.find(({ id }) => id === wanted) ?? aims[0];
  if (aim === undefined) return <Notice page title={t('masks.editor.noAim')} why={t('masks.editor.noAimWhy')} />;
  const base = inForce(sets.data, aim.id);
  return (
    <MaskEditor
      // Another aim or another base is another drawing.
      key={`${aim.id} ${base?.version ?? 0}`}
      camera={camera.data}
      aim={aim}
      base={base}
      pending={sets.data.find((set) => set.aimId === aim.id && set.state === 'proposed')}
      onAim={(next) => void navigate({ search: { aim: next } })}
      onReload={() => void sets.refetch()}
    />
  );
}
