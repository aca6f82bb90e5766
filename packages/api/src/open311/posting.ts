// SPDX-License-Identifier: AGPL-3.0-or-later
// A request that a program files for somebody. It is the same complaint as from the page, and the code goes to the filer
// through the program, once.
import { randomBytes } from 'node:crypto';
import { ComplaintDraft, Problem, spacedCaseCode } from '@louver/contract';
import type { Happening } from '../complaints/citizens.ts';
import { fileComplaint } from '../complaints/filing.ts';
import { type Item, Open311Error } from './answer.ts';
import { keyHash } from './key-routes.ts';
import { findShownCamera, useKey } from './queries.ts';
import { serviceOf } from './services.ts';

const MAX_DESCRIPTION = 4_000;

/** Fields as they were posted, empty ones left out: to GeoReport an empty value is none. */
export type Fields = ReadonlyMap<string, string>;

/** @throws Open311Error */
export async function postRequest(happening: Happening, fields: Fields): Promise<Item[]> {
  const key = fields.get('api_key');
  if (key === undefined || !(await useKey(happening.tx, keyHash(key))))
    throw new Open311Error(403, 'missing or invalid api_key');
  const draft = await draftOf(happening, fields);
  try {
    const { reference, caseCode } = await fileComplaint(happening, { draft, photos: [], source: 'open311' });
    const notes = [
      `Mã hồ sơ · Case code: ${spacedCaseCode(caseCode)}. Chỉ hiện một lần · Shown once. /cong-dan`,
      ...(fields.has('media_url')
        ? [
            'media_url: không tải ảnh từ địa chỉ ngoài; hãy thêm ảnh bằng mã hồ sơ · is not fetched; add photos with the case code.',
          ]
        : []),
    ];
    return [{ service_request_id: reference, service_notice: notes.join(' ') }];
  } catch (error) {
    if (error instanceof Problem && error.status < 500) throw new Open311Error(400, error.detail ?? error.message);
    throw error;
  }
}

async function draftOf({ tx }: Happening, fields: Fields): Promise<ComplaintDraft> {
  const code = fields.get('service_code');
  if (code === undefined) throw new Open311Error(400, 'service_code is required');
  const service = serviceOf(code);
  if (!service) throw new Open311Error(404, `service_code ${code} was not found`);
  const description = fields.get('description') ?? service.name;
  if (description.length > MAX_DESCRIPTION) throw new Open311Error(400, 'description is longer than 4,000 characters');
  const address = fields.get('address_string');
  const cameraCode = fields.get('attribute[camera_code]');
  const camera = cameraCode === undefined ? undefined : await findShownCamera(tx, cameraCode);
  if (cameraCode !== undefined && !camera)
    throw new Open311Error(400, 'attribute[camera_code]: the register shows no such camera');
  const place = placeOf(fields);
  if (!place && !camera) throw new Open311Error(400, 'lat and long are required: addresses are not looked up here');
  const name = [fields.get('last_name'), fields.get('first_name')].filter((part) => part !== undefined).join(' ');
  const contact = Object.fromEntries(
    ['email', 'phone'].flatMap((field) => (fields.has(field) ? [[field, fields.get(field)]] : [])),
  );
  const parsed = ComplaintDraft.safeParse({
    formKey: randomBytes(24).toString('base64url'),
    kind: service.kind,
    text: address === undefined ? description : `${description}\n\n${address}`,
    language: 'vi',
    ...(place ? { place } : {}),
    ...(camera ? { cameraId: camera.id } : {}),
    ...(name === '' ? {} : { complainant: { name, ...contact } }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Open311Error(400, `${GEOREPORT_NAMES[String(issue?.path.at(-1))] ?? 'the request'}: ${issue?.message}`);
}

const GEOREPORT_NAMES: { [field: string]: string } = {
  text: 'description',
  lon: 'long',
  lat: 'lat',
  email: 'email',
  phone: 'phone',
  name: 'first_name',
};

function placeOf(fields: Fields): { lon: number; lat: number } | undefined {
  const [lat, long] = [fields.get('lat'), fields.get('long')];
  if (lat === undefined && long === undefined) return undefined;
  const place = { lat: Number(lat ?? Number.NaN), lon: Number(long ?? Number.NaN) };
  if (!Number.isFinite(place.lat) || !Number.isFinite(place.lon))
    throw new Open311Error(400, 'lat and long are numbers in degrees (WGS 84), both of them');
  return place;
}
