// SPDX-License-Identifier: AGPL-3.0-or-later
/** This browser cannot verify signatures: which says nothing about the log. */
export class PlatformUnsupported extends Error {
  override readonly name = 'PlatformUnsupported';
}
