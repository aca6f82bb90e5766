// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CameraId, type MaskSetId } from '@louver/contract';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { MaskEditor } from './MaskEditor.tsx';
import { cameraQuery, geometrySetsQuery, inForce, maskSetQuery, setsOfCameraQuery } from './masks-query.ts';

const pageApi = getRouteApi('/room/masks-room/cameras/$cameraId/masks');

/** Everything that drawing needs to know before the first line: the camera, its aim, what is in force, and what is proposed. */
export function EditorPage() {
  const { t } = useTranslation();
  const cameraId = CameraId.parse(pageApi.useParams().cameraId);
  const { aim: wanted, from } = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const camera = useQuery(cameraQuery(cameraId));
  const sets = useQuery(setsOfCameraQuery(cameraId));
  const computed = useQuery(geometrySetsQuery(cameraId));
  const begun = useQuery({ ...maskSetQuery(from as MaskSetId), enabled: from !== undefined });
  const error = camera.error ?? sets.error ?? computed.error ?? begun.error;
  if (error !== null) {
    const again = () => {
      for (const one of [camera, sets, computed, begun]) if (one.isError) void one.refetch();
    };
    return <Trouble error={error} onRetry={again} />;
  }
  const waits = from !== undefined && begun.data === undefined;
  if (camera.data === undefined || sets.data === undefined || computed.data === undefined || waits)
    return <Skeleton rows={10} />;
  const { aims } = camera.data;
  const aim = aims.find(({ id }) => id === wanted) ?? aims[0];
  if (aim === undefined) return <Notice page title={t('masks.editor.noAim')} why={t('masks.editor.noAimWhy')} />;
  const base = inForce(sets.data, aim.id);
  const start = begun.data?.aimId === aim.id ? begun.data : undefined;
  return (
    <MaskEditor
      // Another aim or another base is another drawing.
      key={`${aim.id} ${base?.version ?? 0} ${start?.id ?? ''}`}
      camera={camera.data}
      aim={aim}
      base={base}
      start={start}
      proposal={start ?? computed.data.find((set) => set.aimId === aim.id)}
      pending={sets.data.find((set) => set.aimId === aim.id && set.state === 'proposed')}
      onAim={(next) => void navigate({ search: { aim: next } })}
      onReload={() => void sets.refetch()}
    />
  );
}
