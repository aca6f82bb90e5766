// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem } from '@louver/contract';
import pg from 'pg';

/**
 * What the database says to a planned camera that would be live too early, with the day from which it may be.
 * @throws Problem camera-window-open, and anything else as it came
 */
export function sayFromWhen(error: unknown): never {
  if (!(error instanceof pg.DatabaseError) || error.constraint !== 'camera_window_open') throw error;
  const detail = `it was announced, and may be live from ${error.detail} on`;
  throw new Problem('camera-window-open', { detail, errors: [{ pointer: '/status', detail }], cause: error });
}
