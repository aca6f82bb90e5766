// SPDX-License-Identifier: AGPL-3.0-or-later
import { ViewingId, routes } from '@louver/contract';
import { Router } from 'express';
import { z } from 'zod';
import { Microseconds, decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { listRecords, listViewings } from './queries.ts';

/** One digit short of where a bigint ends. */
const RecordPlace = z.string().regex(/^\d{1,18}$/);
const ViewingPlace = z.tuple([Microseconds, ViewingId]);

/** What was looked for, without the words: a name must not enter the record through a search field. */
const searchFacts = <Q extends { cursor?: string; q?: string }>({ cursor, q, ...filter }: Q) => ({
  ...filter,
  ...(q === undefined ? {} : { words: q.split(/\s+/).length }),
  ...(cursor === undefined ? {} : { continued: true }),
});

/** The oversight room. Whoever reads the record stands in it too. */
export function oversightRoutes(deps: Deps): Router {
  const router = Router();

  router.get(
    routes.listViewings.path,
    endpoint(deps, routes.listViewings, async ({ tx, query, actor, record }) => {
      const before = query.cursor === undefined ? undefined : decodeCursor(ViewingPlace, query.cursor);
      const rows = await listViewings(tx, { ...query, limit: query.limit + 1 }, before);
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      const place = { jurisdiction: actor.jurisdictions[0] ?? null, cameraId: query.camera ?? null };
      await record({ subject: 'viewings', ...place, detail: searchFacts(query) });
      return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.place, last.id]) : null };
    }),
  );

  router.get(
    routes.listRecords.path,
    endpoint(deps, routes.listRecords, async ({ tx, query, actor, record }) => {
      const before = query.cursor === undefined ? undefined : decodeCursor(RecordPlace, query.cursor);
      const rows = await listRecords(tx, { ...query, limit: query.limit + 1 }, before);
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      const place = { jurisdiction: actor.jurisdictions[0] ?? null, cameraId: query.camera ?? null };
      await record({ subject: 'records', ...place, detail: searchFacts(query) });
      return { items, nextCursor: rows.length > query.limit && last ? encodeCursor(last.seq) : null };
    }),
  );

  return router;
}
