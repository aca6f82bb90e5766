// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { FindingPlace, pageOfFindings } from './queries.ts';

/** Findings of every kind, whether a measurement or a picture gave them. */
export const listFindings = (deps: Deps) =>
  endpoint(deps, routes.listFindings, async ({ tx, query: { limit, cursor, ...filter } }) => {
    const after = cursor === undefined ? undefined : decodeCursor(FindingPlace, cursor);
    const rows = await pageOfFindings(tx, filter, limit + 1, after);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const place: FindingPlace | undefined = last && [last.state === 'open', last.place, last.findingId];
    return { items, nextCursor: rows.length > limit && place ? encodeCursor(place) : null };
  });
