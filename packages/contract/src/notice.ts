// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

/** What the public is told of; when each is told stands in docs/ref/register.md. */
export const NoticeKind = z.enum([
  'camera-planned',
  'camera-dropped',
  'camera-new',
  'camera-moved',
  'camera-stopped',
  'purpose-changed',
  'homes-seen',
  'clock-passed',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;
