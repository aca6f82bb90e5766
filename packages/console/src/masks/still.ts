// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type AimId, type CameraId, type Receipt, type ViewingRequest } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem, problemOf } from '../api/api-problem.ts';
import { call } from '../api/call.ts';

export interface Still {
  /** Address of the picture in this page's memory. */
  url: string;
  at: string;
  receipt: Receipt;
}

/** The camera turns, and stood along another aim, or nobody could say where. */
export class StillOfElsewhere extends Error {
  override readonly name = 'StillOfElsewhere';
}

/** Masks of one aim over the picture of another would be judged by the wrong homes. */
async function requireAim(cameraId: CameraId, aimId: AimId): Promise<void> {
  const standing = await call(routes.readPtz, { params: { cameraId } });
  if (standing.turns && standing.aimId !== aimId) throw new StillOfElsewhere();
}

/** States the purpose, which records the look, and then fetches the one picture that the ticket is for. */
async function takeStill(
  cameraId: CameraId,
  aimId: AimId | undefined,
  words: Pick<ViewingRequest, 'purpose' | 'caseReference'>,
): Promise<Still> {
  const opened = await call(routes.openViewing, { body: { cameraId, kind: 'still', ...words } });
  try {
    const answer = await fetch(opened.live.url, { credentials: 'same-origin', cache: 'no-store' }).catch(
      (error: unknown) => {
        throw new ApiProblem('unreachable', undefined, undefined, error);
      },
    );
    if (!answer.ok) throw await problemOf(answer);
    const picture = await answer.blob();
    if (!picture.type.startsWith('image/')) throw new ApiProblem('picture-withheld');
    if (aimId !== undefined) await requireAim(cameraId, aimId);
    return { url: URL.createObjectURL(picture), at: new Date().toISOString(), receipt: opened.receipt };
  } catch (error) {
    // No picture came; the record should not say that somebody still waits for one.
    await call(routes.closeViewing, { params: { viewingId: opened.id } }).catch(() => undefined);
    throw error;
  }
}

/** @param aimId which aim it has to be of; undefined for whichever it is. @throws StillOfElsewhere through `taking` */
export function useStill(cameraId: CameraId | undefined, aimId: AimId | undefined) {
  const [still, setStill] = useState<Still>();
  const taking = useMutation({
    mutationFn: async (words: Pick<ViewingRequest, 'purpose' | 'caseReference'>) => takeStill(cameraId!, aimId, words),
    onSuccess: setStill,
  });
  // The picture lives in memory until the page lets it go.
  useEffect(() => {
    if (still === undefined) return undefined;
    return () => URL.revokeObjectURL(still.url);
  }, [still]);
  return { still, taking };
}
