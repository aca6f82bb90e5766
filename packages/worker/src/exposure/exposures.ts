// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId } from '@louver/contract';
import type { Pool } from '@louver/db';
import type { Logger } from 'pino';

export class Exposures {
  constructor(_pool: Pool, _log: Logger) {}
  async measure(_aimId: AimId, _cancelled: AbortSignal): Promise<void> {}
  async sweep(_add: (aimId: AimId, jobId: string) => Promise<void>): Promise<void> {}
  close(): void {}
}
