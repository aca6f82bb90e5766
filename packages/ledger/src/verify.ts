// SPDX-License-Identifier: AGPL-3.0-or-later
// All that verifying takes, without Node: also for browsers and Web Workers. Signing and writing entries is in index.ts.
export * from './add-checkpoint.ts';
export { equalBytes, toHex } from './bytes.ts';
export * from './canonical-json.ts';
export * from './decode-entry.ts';
export * from './ledger-error.ts';
export { hashAt, LogRewritten, LogWrong, type ReadFile } from './log-files.ts';
export * from './max-entry.ts';
export * from './merkle/consistency.ts';
export * from './merkle/hash.ts';
export * from './merkle/inclusion.ts';
export { ProofInvalid } from './merkle/proof-invalid.ts';
export * from './notes/checkpoint.ts';
export * from './notes/key.ts';
export * from './notes/note.ts';
export * from './notes/signatures.ts';
export { PlatformUnsupported } from './platform/unsupported.ts';
export * from './policy.ts';
export * from './receipt.ts';
export { SizeInvalid } from './size.ts';
export * from './tiles/bundle.ts';
export * from './tiles/proofs.ts';
export * from './tiles/read-tile.ts';
export * from './tiles/right-edge.ts';
export * from './tiles/tile.ts';
export * from './trusted-checkpoint.ts';
export * from './verify-log.ts';
