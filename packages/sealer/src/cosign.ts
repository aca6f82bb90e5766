// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReadFile } from '@louver/ledger';

/** A checkpoint whose tiles are published already, signed by the log. */
export interface SignedCheckpoint {
  /** What is signed, with its last LF. */
  readonly text: string;
  /** The whole note; lines of witnesses that it has already are kept. */
  readonly signed: string;
  readonly size: number;
}

/**
 * The note with the cosignatures that witnesses gave in time, which may be too few for the quorum or none at all. Never
 * throws for what a witness did.
 */
export type Cosign = (checkpoint: SignedCheckpoint, read: ReadFile) => Promise<string>;
