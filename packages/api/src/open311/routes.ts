// SPDX-License-Identifier: AGPL-3.0-or-later
// Open311 GeoReport v2 (http://wiki.open311.org/GeoReport_v2), XML and JSON.
import { inTx, NOBODY, type Tx } from '@louver/db';
import { Problem } from '@louver/contract';
import { Router, type Request, type Response } from 'express';
import { asCitizen, citizensOf } from '../complaints/citizens.ts';
import { readForm } from '../complaints/form-body.ts';
import type { Deps } from '../http/deps.ts';
import { problemOf } from '../http/problems.ts';
import { answer, answerError, type Format, type Item, Open311Error, type Shape } from './answer.ts';
import { type Fields, postRequest } from './posting.ts';
import { jurisdictionOf, readRequest, readRequests, readToken } from './reading.ts';
import { SERVICES, serviceOf } from './services.ts';

export const OPEN311_ROOT = '/open311/v2';
const CHANGESET = '2026-11-22T00:00:00+07:00';
const REQUESTS: Shape = { root: 'service_requests', of: { service_requests: 'request' } };

export function open311Routes(deps: Deps): Router {
  const router = Router();
  router.use((request, response) => {
    const parts = /^\/(.+)\.(xml|json)$/.exec(request.path);
    const format: Format = parts?.[2] === 'json' ? 'json' : 'xml';
    response.locals.route = `${OPEN311_ROOT}/${parts?.[1]?.split('/')[0] ?? ''}`;
    const served = parts
      ? serve(deps, request, response, { path: parts[1]!, format })
      : Promise.reject(new Open311Error(404, 'no such resource: addresses end in .xml or .json'));
    served.catch((error: unknown) => refuse(response, format, error));
  });
  return router;
}

interface Wanted {
  path: string;
  format: Format;
}

async function serve(deps: Deps, request: Request, response: Response, { path, format }: Wanted): Promise<void> {
  const [name, id, ...more] = decodeURIComponent(path).split('/');
  const say = (value: Item | Item[], shape: Shape, status = 200) => answer(response, status, format, value, shape);
  if (more.length > 0) throw new Open311Error(404, 'no such resource');
  if (request.method === 'POST' && name === 'requests' && id === undefined) {
    say(await post(deps, request), REQUESTS, 201);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Open311Error(400, 'this resource is read with GET');
  const fields = given(new URL(request.originalUrl, 'http://here').searchParams);
  const read = <T>(work: (tx: Tx) => Promise<T>) => inTx(deps.pool, NOBODY, work);
  if (name === 'discovery' && id === undefined)
    say(discovery(deps, request), { root: 'discovery', of: { endpoints: 'endpoint', formats: 'format' } });
  else if (name === 'services' && id === undefined) {
    await read((tx) => jurisdictionOf(tx, fields));
    say(SERVICES.map(serviceItem), { root: 'services', of: { services: 'service' } });
  } else if (name === 'services' && id !== undefined)
    say(definition(id), { root: 'service_definition', of: { attributes: 'attribute', values: 'value' } });
  else if (name === 'requests' && id === undefined)
    say(await read((tx) => readRequests(tx, fields, deps.clock.now())), REQUESTS);
  else if (name === 'requests' && id !== undefined) say(await read((tx) => readRequest(tx, id)), REQUESTS);
  else if (name === 'tokens' && id !== undefined) say(await read((tx) => readToken(tx, id)), REQUESTS);
  else throw new Open311Error(404, 'no such resource');
}

/** An empty value is none. */
const given = (entries: Iterable<[string, string]>): Fields =>
  new Map(
    [...entries]
      .map(([name, value]) => [name.replace(/\[\]$/, ''), value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );

async function post(deps: Deps, request: Request): Promise<Item[]> {
  const { fields } = await readForm(request);
  await citizensOf(deps)
    .throttle.attempt('file', request.ip)
    .catch((error: unknown) => {
      if (error instanceof Problem) throw error;
    });
  return citizensOf(deps).turns.run(() => asCitizen(deps, (happening) => postRequest(happening, given(fields))));
}

const serviceItem = ({ code, name, description }: (typeof SERVICES)[number]): Item => ({
  service_code: code,
  service_name: name,
  description,
  metadata: true,
  type: 'realtime',
  keywords: 'camera, privacy',
  group: 'camera',
});

function definition(code: string): Item {
  if (!serviceOf(code)) throw new Open311Error(404, `service_code ${code} was not found`);
  return {
    service_code: code,
    attributes: [
      {
        variable: true,
        code: 'camera_code',
        datatype: 'string',
        required: false,
        datatype_description: 'Mã camera trên biển báo · The code on the sign, e.g. HS-0012',
        order: 1,
        description: 'Camera nào? · Which camera?',
      },
    ],
  };
}

function discovery({ config }: Deps, request: Request): Item {
  const root = `${config.publicUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`}${OPEN311_ROOT}`;
  return {
    changeset: CHANGESET,
    contact: 'Khiếu nại về camera · Complaints about cameras: /cong-dan',
    key_service: 'Quản trị viên cấp khóa · Keys are issued by the administrator of this installation',
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: root,
        changeset: CHANGESET,
        type: 'production',
        formats: ['text/xml', 'application/json'],
      },
    ],
  };
}

function refuse(response: Response, format: Format, error: unknown): void {
  if (error instanceof Open311Error) {
    answerError(response, format, error.status, error.message);
    return;
  }
  const problem = problemOf(error instanceof URIError ? new Problem('route-unknown') : error);
  if (problem.slug === 'unexpected' || problem.slug === 'unavailable')
    response.err = problem.cause instanceof Error ? problem.cause : problem;
  // GeoReport knows 400, 403 and 404; whatever is not the caller's fault keeps its own number.
  const status = problem.status >= 500 || problem.status === 429 || problem.status === 404 ? problem.status : 400;
  answerError(response, format, status, problem.detail ?? problem.message);
}
