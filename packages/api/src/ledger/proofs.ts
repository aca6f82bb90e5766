// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  LedgerError,
  QuorumUnmet,
  formatReceipt,
  openCheckpoint,
  parseReceipt,
  peekCheckpoint,
  proveInclusionFromTiles,
  verifyReceipt,
} from '@louver/ledger';
import type { Logger } from 'pino';
import type { LogFiles } from './log-files.ts';
import type { Trust } from './trust.ts';

/** Proves records from the published files alone, against one checkpoint. */
export interface Prover {
  /** Entries under the checkpoint. */
  readonly size: number;
  /** The tlog-proof of a leaf, verified as a stranger would; undefined where it stands under no trusted checkpoint yet. */
  prove(leafIndex: number, leaf: Uint8Array): Promise<string | undefined>;
}

/** Undefined while nothing is published, or nothing that may be believed: witnesses that are asked for may still be missing. */
export async function openProver(files: LogFiles, trust: Trust, log: Logger): Promise<Prover | undefined> {
  const [bytes, policy] = await Promise.all([files.read('checkpoint'), trust.policy()]);
  if (!bytes || !policy) return undefined;
  const checkpoint = Buffer.from(bytes).toString('utf8');
  const doubtful = (error: unknown): undefined => {
    if (!(error instanceof LedgerError)) throw error;
    // A tile that was wrong once must not stay wrong in memory.
    files.forget();
    if (!(error instanceof QuorumUnmet)) log.error({ err: error }, 'what the log publishes does not verify');
  };
  try {
    await openCheckpoint(checkpoint, policy);
  } catch (error) {
    return doubtful(error);
  }
  const { size } = peekCheckpoint(checkpoint);
  return {
    size,
    async prove(index, leaf) {
      if (index >= size) return undefined;
      try {
        const proof = await proveInclusionFromTiles(files.readTile, index, size);
        const receipt = formatReceipt({ index, proof, checkpoint });
        await verifyReceipt(parseReceipt(receipt), leaf, policy);
        return receipt;
      } catch (error) {
        return doubtful(error);
      }
    },
  };
}
