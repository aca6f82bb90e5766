// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of dates that this installation was delivered with, read once. A mistake in them stops the start, not a case.
import { readLaw, type Law } from '@louver/clocks/folder';

export const law: Law = readLaw();
