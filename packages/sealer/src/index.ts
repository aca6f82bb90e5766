// SPDX-License-Identifier: AGPL-3.0-or-later
export { type Cosign, type SignedCheckpoint } from './cosign.ts';
export { EXIT_CODES, MayNotSeal } from './may-not-seal.ts';
export { type Sealer, type SealerOptions, startSealer, type Step } from './sealer.ts';
export { askWitnesses, type Witnesses, type WitnessOptions } from './witnesses/witnesses.ts';
