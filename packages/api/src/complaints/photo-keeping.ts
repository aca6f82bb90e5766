// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { MAX_PHOTOS, Problem, type ComplaintId } from '@louver/contract';
import { citizensOf, type Happening } from './citizens.ts';
import type { CheckedPhoto } from './photos.ts';
import { countPhotosOf, insertPhoto } from './queries.ts';

/** The original sealed as evidence, the picture beside it. @returns digests of the originals, for the record */
export async function addPhotos(
  { deps, tx }: Happening,
  { complaintId, partyId }: { complaintId: ComplaintId; partyId: string },
  photos: readonly CheckedPhoto[],
): Promise<string[]> {
  if (photos.length === 0) return [];
  const there = await countPhotosOf(tx, partyId);
  if (there + photos.length > MAX_PHOTOS)
    throw new Problem('photo-refused', {
      errors: [{ pointer: '/photo', detail: `at most ${MAX_PHOTOS} photos can be sent` }],
    });
  const { secrets } = citizensOf(deps);
  const at = deps.clock.now();
  for (const photo of photos) {
    const photoId = randomUUID();
    const sealed = secrets.seal(`photo ${photoId}`, photo.original);
    await insertPhoto(tx, { photoId, complaintId, partyId, photo, sealed, at });
  }
  return photos.map(({ sha256 }) => sha256);
}
