// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraCode, Problem } from '@louver/contract';

/** Where a page ended. By code, not by number of rows: cameras that come and go in between shift nothing. */
export const encodeCursor = (code: string): string => Buffer.from(JSON.stringify(code)).toString('base64url');

/** @throws Problem request-invalid for anything that `encodeCursor` did not make */
export function decodeCursor(cursor: string): string {
  try {
    return CameraCode.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new Problem('request-invalid', {
      errors: [{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }],
      cause,
    });
  }
}
