// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Camera, CameraId } from '@louver/contract';
import { useQueryClient } from '@tanstack/react-query';
import { cameraQuery } from '../queries.ts';

/** After a save: what the pages know of the camera is asked again. Resolves when this page knows. */
export function useRefresh(cameraId: CameraId): (known?: Camera) => Promise<void> {
  const client = useQueryClient();
  return async (known) => {
    for (const queryKey of [['cameras'], ['camera-columns'], ['jurisdictions'], ['masks', cameraId], ['mask-sets']])
      void client.invalidateQueries({ queryKey });
    if (known !== undefined) client.setQueryData(cameraQuery(cameraId).queryKey, known);
    else await client.invalidateQueries({ queryKey: ['camera', cameraId] });
  };
}
