// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, Problem } from '@louver/contract';
import { z } from 'zod';

/** Where a page ended. By code and id, not by number of rows: cameras that come and go in between shift nothing. */
const Place = z.tuple([z.string().max(64), CameraId]);
export type Place = z.infer<typeof Place>;

export const encodeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws Problem request-invalid for anything that `encodeCursor` did not make */
export function decodeCursor(cursor: string): Place {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new Problem('request-invalid', {
      errors: [{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }],
      cause,
    });
  }
}
