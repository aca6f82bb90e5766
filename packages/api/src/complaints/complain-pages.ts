// SPDX-License-Identifier: AGPL-3.0-or-later
// The form, sent by any browser with or without a script. Whatever happens, what somebody typed comes back with the answer.
import { randomBytes } from 'node:crypto';
import {
  COMPLAINT_FIELDS,
  type ComplainPageData,
  type ComplaintField,
  complainPage,
  complainWords,
  filedPage,
  type Frame,
  kindPage,
} from '@louver/civic';
import { CameraId, ComplaintDraft, ComplaintKind, Problem, procedureOf } from '@louver/contract';
import { inTx, NOBODY, type Tx } from '@louver/db';
import { Router, type Request } from 'express';
import type { Deps } from '../http/deps.ts';
import type { PageContext, Pages } from '../register/pages.ts';
import { findBounds, findCamera, findWards } from '../register/register-queries.ts';
import { storable } from '../register/register-pages.ts';
import { asCitizen, citizensOf } from './citizens.ts';
import { fileComplaint, nearComplaints } from './filing.ts';
import { type PageForm, readPageForm } from './form-body.ts';
import { findPointIn } from './page-queries.ts';
import { checkPhotos } from './photos.ts';
import { photoErrors } from './photo-errors.ts';

type Values = Partial<Record<ComplaintField, string>>;
type Wrong = Record<string, string>;
const KEY_BYTES = 24;

export function complainPages(deps: Deps, pages: Pages): Router {
  const router = Router();
  pages.get(router, 'complain', (context) => newForm(deps, context));
  pages.post(router, 'complain', (context) => sentForm(deps, context));
  return router;
}

async function newForm(deps: Deps, { frame, request, response }: PageContext): Promise<string> {
  // It carries a key of its own: a form that two people got would be one case.
  response.set('Cache-Control', 'no-store');
  const kind = ComplaintKind.safeParse(request.query['kind']).data;
  const camera = storable(request.query['camera']);
  if (!kind || request.query['step'] === undefined) {
    const found = camera === '' ? undefined : await inTx(deps.pool, NOBODY, (tx) => findCamera(tx, camera));
    return kindPage(frame, { camera: found, missed: !kind && request.query['step'] !== undefined });
  }
  const ward = storable(request.query['ward']);
  const values = { kind, camera, ward, formKey: randomBytes(KEY_BYTES).toString('base64url') };
  return formAgain(deps, frame, values);
}

interface Again {
  errors?: Wrong;
  unsent?: boolean;
  photosLost?: boolean;
}

/** Also without a database: then without map, wards and cases near by, and with everything that was typed. */
async function formAgain(deps: Deps, frame: Frame, values: Values, again: Again = {}): Promise<string> {
  const { errors = {}, unsent = false, photosLost = false } = again;
  const kind = ComplaintKind.parse(values.kind);
  const around = await inTx(deps.pool, NOBODY, (tx) => surroundings(tx, kind, values)).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'a form without its surroundings');
    const { ward } = values;
    return { camera: undefined, near: [], wards: ward ? [{ path: ward, name: ward }] : [], bounds: undefined };
  });
  return complainPage(frame, {
    ...{ kind, values, errors, unsent, photosLost },
    ...around,
    formKey: values.formKey ?? randomBytes(KEY_BYTES).toString('base64url'),
  });
}

type Surroundings = Pick<ComplainPageData, 'camera' | 'near' | 'wards' | 'bounds'>;

async function surroundings(tx: Tx, kind: ComplaintKind, values: Values): Promise<Surroundings> {
  const camera = values.camera ? await findCamera(tx, values.camera) : undefined;
  const place = pinOf(values);
  const about = {
    kind,
    ...(camera ? { cameraId: CameraId.parse(camera.id) } : {}),
    ...(place && !camera ? { place } : {}),
  };
  return {
    camera,
    near: camera || place ? await nearComplaints({ tx } as never, about) : [],
    wards: await findWards(tx),
    bounds: await findBounds(tx),
  };
}

const pinOf = ({ lon, lat }: Values) => (lon && lat ? { lon: Number(lon), lat: Number(lat) } : undefined);

async function sentForm(deps: Deps, context: PageContext): Promise<string> {
  const { frame, request, response } = context;
  const form = await readPageForm(request);
  const values = valuesOf(form);
  const words = complainWords[frame.language].wrong;
  if (!ComplaintKind.safeParse(values.kind).success) return kindPage(frame, { camera: undefined, missed: true });
  const photosLost = form.photos.length > 0 || form.refused !== undefined;
  try {
    const { draft, errors } = await draftOf(deps, frame, values);
    if (form.refused) Object.assign(errors, wrongOf(form.refused, words, frame.language));
    if (!draft || form.refused) {
      response.status(form.refused?.status ?? 422);
      return await formAgain(deps, frame, values, { errors, photosLost });
    }
    return await file(deps, request, frame, draft, form);
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) {
      response.status(503).set('Retry-After', '30');
      response.err = error instanceof Error ? error : new Error(String(error));
      return formAgain(deps, frame, values, { unsent: true, photosLost });
    }
    response.status(error.status);
    return formAgain(deps, frame, values, { errors: wrongOf(error, words, frame.language), photosLost });
  }
}

const valuesOf = ({ fields }: PageForm): Values =>
  Object.fromEntries(COMPLAINT_FIELDS.flatMap((name) => (fields.has(name) ? [[name, fields.get(name)!]] : [])));

async function file(
  deps: Deps,
  request: Request,
  frame: Frame,
  draft: ComplaintDraft,
  form: PageForm,
): Promise<string> {
  const { throttle, turns } = citizensOf(deps);
  await throttle.attempt('file', request.ip);
  const photos = await checkPhotos(form.photos);
  const filed = await turns.run(() =>
    asCitizen(deps, (happening) => fileComplaint(happening, { draft, photos, source: 'page' })),
  );
  const given = draft.complainant ? 'named' : 'anonymous';
  return filedPage(frame, filed, procedureOf(draft.kind, given) ?? 'report');
}

/** What the form says, or what is wrong with it, field by field. */
async function draftOf(
  deps: Deps,
  { language }: Frame,
  values: Values,
): Promise<{ draft?: ComplaintDraft; errors: Wrong }> {
  const words = complainWords[language].wrong;
  const errors: Wrong = {};
  const { ward, who, joins } = values;
  const code = values.camera?.trim();
  const found = await inTx(deps.pool, NOBODY, async (tx) => ({
    camera: code ? await findCamera(tx, storable(code)) : undefined,
    within: ward ? await findPointIn(tx, storable(ward)) : undefined,
  }));
  if (code && !found.camera) errors['camera'] = words.camera;
  if (who !== 'named' && who !== 'anonymous') errors['who'] = words.who;
  const place = pinOf(values) ?? found.within;
  const said = (name: 'phone' | 'email' | 'address') => (values[name]?.trim() ? { [name]: values[name] } : {});
  const parsed = ComplaintDraft.safeParse({
    ...{ formKey: values.formKey, kind: values.kind, text: values.text ?? '', language },
    ...(who === 'named'
      ? { complainant: { name: values.name ?? '', ...said('phone'), ...said('email'), ...said('address') } }
      : {}),
    ...(found.camera ? { cameraId: found.camera.id } : place ? { place } : {}),
    ...(joins ? { joins } : {}),
  });
  for (const { path } of parsed.error?.issues ?? []) Object.assign(errors, wrongAt(path, words));
  if (Object.keys(errors).length > 0 || !parsed.success) return { errors };
  return { draft: parsed.data, errors };
}

type WrongWords = (typeof complainWords)['vi']['wrong'];

function wrongAt(path: readonly PropertyKey[], words: WrongWords): Wrong {
  const field = path[0] === 'complainant' ? path[1] : path[0];
  if (field === 'place') return { ward: words.place };
  if (field === 'text' || field === 'name' || field === 'phone' || field === 'email' || field === 'address')
    return { [field]: words[field] };
  return { text: words.other };
}

function wrongOf(problem: Problem, words: WrongWords, language: Frame['language']): Wrong {
  // eslint-disable-next-line typescript/switch-exhaustiveness-check -- the others say the same
  switch (problem.slug) {
    case 'complaint-place-unknown':
      return { ward: words.placeUnknown };
    case 'complaint-name-required':
      return { who: words.nameNeeded };
    case 'complaint-not-found':
      return { joins: words.joins };
    case 'camera-not-found':
      return { camera: words.camera };
    case 'complaint-form-used':
      return { text: words.formUsed };
    case 'body-too-large':
      return { photo: words.photosTooLarge };
    case 'photo-refused':
      return { photo: words.photos(photoErrors(problem, language)) };
    case 'too-many-attempts':
      return { text: words.tooMany };
    default:
      return { text: words.other };
  }
}
