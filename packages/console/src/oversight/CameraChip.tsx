// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraId } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { Chip } from './Chip.tsx';

/** A link names a camera by its id; people know it by its code. */
export function CameraChip({ cameraId, onDrop }: { cameraId: CameraId; onDrop: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['camera', cameraId],
    queryFn: async ({ signal }) => call(routes.readCamera, { params: { cameraId } }, { signal }),
  });
  return <Chip what={t('oversight.filters.oneCamera', { name: data?.code ?? cameraId.slice(0, 8) })} onDrop={onDrop} />;
}
