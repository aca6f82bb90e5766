// SPDX-License-Identifier: AGPL-3.0-or-later
// What anybody may read over Open311: that there is a case, of what kind, where about, where it stands and when it is due. No
// words, no picture, no person.
import type { Tx } from '@louver/db';
import { type Item, Open311Error } from './answer.ts';
import type { Fields } from './posting.ts';
import { findRequests, hasJurisdiction, listRequests, type RequestRow } from './queries.ts';
import { SERVICES, serviceOf, serviceOfKind } from './services.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 90;
const MAX_ROWS = 1_000;
/** Late from the next day on: the whole day counts, in the zone of the law. */
const END_OF_DAY = 'T23:59:59+07:00';

/** Absent: everything. @throws Open311Error 404 for a jurisdiction that is not here */
export async function jurisdictionOf(tx: Tx, fields: Fields): Promise<string | undefined> {
  const wanted = fields.get('jurisdiction_id');
  if (wanted !== undefined && !(await hasJurisdiction(tx, wanted)))
    throw new Open311Error(404, `jurisdiction_id ${wanted} was not found`);
  return wanted;
}

const requestItem = (row: RequestRow): Item => {
  const service = serviceOfKind(row.kind);
  return {
    service_request_id: row.reference,
    status: row.isOver ? 'closed' : 'open',
    status_notes: row.stage,
    service_name: service.name,
    service_code: service.code,
    description: null,
    agency_responsible: row.agency,
    service_notice: null,
    requested_datetime: row.filedAt,
    updated_datetime: row.updatedAt,
    expected_datetime: row.nextDue === null ? null : `${row.nextDue}${END_OF_DAY}`,
    address: null,
    address_id: null,
    zipcode: null,
    lat: row.lat,
    long: row.lon,
    media_url: null,
  };
};

/** @throws Open311Error */
export async function readRequests(tx: Tx, fields: Fields, now: Date): Promise<Item[]> {
  const jurisdiction = await jurisdictionOf(tx, fields);
  const ids = listOf(fields.get('service_request_id'));
  if (ids) return (await findRequests(tx, ids.slice(0, MAX_ROWS))).map(requestItem);
  const codes = listOf(fields.get('service_code')) ?? SERVICES.map(({ code }) => code);
  const unknown = codes.find((code) => !serviceOf(code));
  if (unknown !== undefined) throw new Open311Error(404, `service_code ${unknown} was not found`);
  const { from, to } = spanOf(fields, now);
  const size = boundedInt(fields, 'page_size', MAX_ROWS, MAX_ROWS);
  const page = boundedInt(fields, 'page', 1, 1_000_000);
  const rows = await listRequests(tx, {
    kinds: codes.map((code) => serviceOf(code)!.kind),
    ...{ from, to, jurisdiction, limit: size, offset: (page - 1) * size },
    open: openOf(fields.get('status')),
  });
  return rows.map(requestItem);
}

/** @throws Open311Error 404 */
export async function readRequest(tx: Tx, id: string): Promise<Item[]> {
  const rows = await findRequests(tx, [id]);
  if (rows.length === 0) throw new Open311Error(404, `service_request_id ${id} was not found`);
  return rows.map(requestItem);
}

/** Ids are given out at once, so a token is the id itself, and asking for it still works. @throws Open311Error 404 */
export async function readToken(tx: Tx, token: string): Promise<Item[]> {
  const [row] = await findRequests(tx, [token]);
  if (!row) throw new Open311Error(404, `token ${token} was not found`);
  return [{ service_request_id: row.reference, token }];
}

const listOf = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function openOf(text: string | undefined): boolean | undefined {
  const states = new Set(listOf(text) ?? []);
  for (const state of states)
    if (state !== 'open' && state !== 'closed') throw new Open311Error(400, 'status is open or closed');
  return states.size === 1 ? states.has('open') : undefined;
}

function instantOf(fields: Fields, name: string): number | undefined {
  const text = fields.get(name);
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new Open311Error(400, `${name} is an instant with its zone, like 2026-11-22T08:00:00+07:00`);
  return at;
}

function spanOf(fields: Fields, now: Date): { from: Date; to: Date } {
  const [start, end] = [instantOf(fields, 'start_date'), instantOf(fields, 'end_date')];
  const to = end ?? (start === undefined ? now.getTime() : Math.min(now.getTime(), start + MAX_DAYS * DAY_MS));
  const from = start ?? to - MAX_DAYS * DAY_MS;
  if (to - from > MAX_DAYS * DAY_MS)
    throw new Open311Error(400, 'start_date and end_date may lie 90 days apart at most');
  return { from: new Date(from), to: new Date(to) };
}

function boundedInt(fields: Fields, name: string, otherwise: number, most: number): number {
  const text = fields.get(name);
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Open311Error(400, `${name} is a positive number`);
  return Math.min(Number(text), most);
}
