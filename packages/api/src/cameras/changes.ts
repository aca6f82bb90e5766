// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraDraft } from '@louver/contract';

/** Free text may hold somebody's name, and the record is kept for ever: of these it says that they changed, not to what. */
const FREE_TEXT: ReadonlySet<keyof CameraDraft> = new Set(['name', 'owner', 'operator', 'purpose', 'legalBasis']);

type Fact = string | number | boolean | null | number[];
export interface Changes {
  [key: string]: string[] | { [field: string]: Fact };
  /** Every field that is different now. */
  changed: string[];
  before: { [field: string]: Fact };
  after: { [field: string]: Fact };
}

/** What the record says of a change: the fields that differ, and no more. */
export function changesBetween(before: CameraDraft, after: CameraDraft): Changes {
  const changes: Changes = { changed: [], before: {}, after: {} };
  for (const field of Object.keys(after) as (keyof CameraDraft)[]) {
    const [was, is] = [factOf(before[field]), factOf(after[field])];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    changes.changed.push(field);
    if (FREE_TEXT.has(field)) continue;
    changes.before[field] = was;
    changes.after[field] = is;
  }
  return changes;
}

const factOf = (value: CameraDraft[keyof CameraDraft]): Fact =>
  value !== null && typeof value === 'object' ? value.coordinates : value;
