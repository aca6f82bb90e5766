// SPDX-License-Identifier: AGPL-3.0-or-later

/** Why a sealer stops for good, and what its process exits with. `record-altered` stays up, so that its metrics are seen. */
export const EXIT_CODES = {
  'unsuitable-key': 2,
  replaced: 3,
  'rolled-back': 4,
  forked: 5,
  'record-altered': 6,
} as const;

/** Going on could sign a second tree, or one that is not of the records. No retry helps; a person must look. */
export class MayNotSeal extends Error {
  override readonly name = 'MayNotSeal';
  readonly reason: keyof typeof EXIT_CODES;
  constructor(reason: keyof typeof EXIT_CODES, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
