// SPDX-License-Identifier: AGPL-3.0-or-later
import { dayOf } from '../app/times.ts';

/** A legal day ("2026-12-02") as people there write it. Noon there, so that no zone makes it another day. */
export const dayWords = (day: string): string => dayOf(`${day}T12:00:00+07:00`);
