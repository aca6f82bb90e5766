// SPDX-License-Identifier: AGPL-3.0-or-later
// Field by field against GeoReport v2 (open311/open311.github.io, GeoReport/v2).
import { beforeAll, describe, expect, it } from 'vitest';
import { aWard, file, HOME, idOf, read } from '../testing/complaints.ts';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const at = (path: string) => `/open311/v2/${path}`;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
let key: string;

beforeAll(async () => {
  await aWard(api);
  const { agent } = await api.as('administrator');
  key = (await agent.post('/api/v1/open311-keys').send({ label: 'Ứng dụng của phường' }).expect(201)).body.key;
});

const get = (path: string) => api.anybody.get(at(path));
const post = (path: string, fields: object) =>
  api.anybody
    .post(at(path))
    .type('form')
    .send({ api_key: key, ...fields });
const aRequest = {
  service_code: 'camera-faces-home',
  lat: HOME.lat,
  long: HOME.lon,
  description: 'Camera chĩa vào phòng ngủ.',
};
const idIn = async (fields: object) =>
  String((await post('requests.json', fields).expect(201)).body[0].service_request_id);

describe('discovery and services', () => {
  it('say where and what, as XML and as JSON', async () => {
    const json = await get('discovery.json').expect(200);
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json.body.endpoints[0]).toMatchObject({
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url: `${api.url}/open311/v2`,
      type: 'production',
      formats: ['text/xml', 'application/json'],
    });
    for (const field of ['changeset', 'contact', 'key_service']) expect(json.body[field]).toBeTruthy();
    const xml = await get('discovery.xml').expect(200);
    expect(xml.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(xml.text).toContain('<discovery><changeset>');
    expect(xml.text).toContain('<formats><format>text/xml</format><format>application/json</format></formats>');
  });

  it('have every field, and a definition for every service that promises one', async () => {
    const { body } = await get('services.json').expect(200);
    expect(body.map((service: { service_code: string }) => service.service_code)).toEqual([
      ...['camera-faces-home', 'camera-unregistered', 'camera-no-sign', 'footage-access', 'footage-misuse'],
      ...['camera-fault', 'camera-planned'],
    ]);
    for (const service of body) {
      expect(Object.keys(service)).toEqual([
        'service_code',
        'service_name',
        'description',
        'metadata',
        'type',
        'keywords',
        'group',
      ]);
      expect(service.type).toBe('realtime');
      const definition = await get(`services/${service.service_code}.json`).expect(200);
      expect(definition.body).toMatchObject({
        service_code: service.service_code,
        attributes: [{ variable: true, code: 'camera_code', datatype: 'string', required: false, order: 1 }],
      });
    }
    expect((await get('services.xml')).text).toMatch(/<services><service><service_code>camera-faces-home</);
    expect((await get('services/camera-fault.xml')).text).toMatch(
      /<service_definition><service_code>camera-fault<\/service_code><attributes><attribute><variable>true</,
    );
  });
});

describe('filing', () => {
  it('gives a request id, and the case code in the notice, once', async () => {
    const media = 'http://127.0.0.1:1/x.jpg';
    const { body } = await post('requests.json', {
      ...aRequest,
      first_name: 'Hoa',
      last_name: 'Nguyễn',
      media_url: media,
    }).expect(201);
    expect(Object.keys(body[0])).toEqual(['service_request_id', 'service_notice']);
    expect(body[0].service_notice).toContain('is not fetched');
    const [code] = /\d{4} \d{4} \d{4} \d{4}/.exec(body[0].service_notice) ?? [];
    const seen = await read(api, code!);
    expect(seen).toMatchObject({ reference: body[0].service_request_id, form: 'named', text: aRequest.description });
    const xml = await post('requests.xml', aRequest).expect(201);
    expect(xml.text).toMatch(/<service_requests><request><service_request_id>KN-\d\d-\d+</);
  });

  it.each([
    [{ api_key: '' }, 403],
    [{ api_key: 'x'.repeat(43) }, 403],
    [{ service_code: 'potholes' }, 404],
    [{ service_code: '' }, 400],
    [{ lat: '' }, 400],
    [{ lat: '91' }, 400],
    [{ lat: '12,68' }, 400],
    [{ lat: '12.5', long: '111.5' }, 400],
    [{ lat: '', long: '', address_string: '7 Lê Lợi' }, 400],
    [{ description: 'x'.repeat(4_001) }, 400],
    [{ email: 'nobody', first_name: 'Hoa' }, 400],
    [{ 'attribute[camera_code]': 'NO-0001' }, 400],
    [{ service_code: 'footage-access' }, 400],
  ])('refuses %o with a list of errors and %d', async (fields, status) => {
    const json = await post('requests.json', { ...aRequest, ...fields });
    expect([json.status, json.body.length, json.body[0].code]).toEqual([status, 1, status]);
    expect(json.body[0].description).toBeTruthy();
    const xml = await post('requests.xml', { ...aRequest, ...fields });
    expect(xml.text).toMatch(
      new RegExp(`<errors><error><code>${status}</code><description>.+</description></error></errors>`),
    );
  });

  it('ends with the key', async () => {
    const { agent } = await api.as('administrator');
    const { body } = await agent.post('/api/v1/open311-keys').send({ label: 'Chỉ một lúc' });
    await post('requests.json', { ...aRequest, api_key: body.key }).expect(201);
    await agent.delete(`/api/v1/open311-keys/${body.id}`).expect(204);
    expect((await post('requests.json', { ...aRequest, api_key: body.key })).status).toBe(403);
  });
});

describe('reading', () => {
  it('tells stage and legal date, and neither words, persons, pictures nor the exact place', async () => {
    const { reference, caseCode } = await file(api, { place: { lon: 108.050_15, lat: 12.680_15 } });
    const { body } = await get(`requests/${reference}.json`).expect(200);
    const due = (await read(api, caseCode)).next!.due;
    expect(body).toEqual([
      {
        service_request_id: reference,
        status: 'open',
        status_notes: 'awaiting-acceptance',
        service_name: expect.stringContaining('Camera'),
        service_code: 'camera-faces-home',
        description: null,
        agency_responsible: 'vn.p66.hoa_sua',
        service_notice: null,
        requested_datetime: expect.stringMatching(INSTANT),
        updated_datetime: expect.stringMatching(INSTANT),
        expected_datetime: `${due}T23:59:59+07:00`,
        address: null,
        address_id: null,
        zipcode: null,
        lat: 12.68,
        long: 108.05,
        media_url: null,
      },
    ]);
    const xml = await get(`requests/${reference}.xml`).expect(200);
    expect(xml.text).toContain(
      `<service_requests><request><service_request_id>${reference}</service_request_id><status>open</status>`,
    );
    expect(JSON.stringify(body) + xml.text).not.toMatch(/Hoa|phòng ngủ|0900|108\.0501/);
  });

  it('filters by id, service, state and time, and pages', async () => {
    const [one, two] = [await idIn(aRequest), await idIn({ ...aRequest, service_code: 'camera-fault' })];
    const ids = async (query: string) =>
      ((await get(`requests.json?${query}`).expect(200)).body as { service_request_id: string }[]).map(
        (row) => row.service_request_id,
      );
    expect(new Set(await ids(`service_request_id=${one},${two}&service_code=nonsense`))).toEqual(new Set([one, two]));
    expect(await ids('service_code=camera-fault')).toEqual([two]);
    await api.anybody.get(at('requests.json?status=closed')).expect(200, []);
    expect(await ids('service_code=camera-fault&end_date=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await ids('service_code=camera-fault&status=open,closed')).toEqual([two]);
    const all = await ids('');
    expect(await ids('page_size=1&page=2')).toEqual([all[1]]);
    expect((await ids(`jurisdiction_id=vn.p66`)).length).toBe(all.length);
    expect(await ids('jurisdiction_id=vn.p66.ben_gio')).toEqual([]);
  });

  it.each([
    ['requests.json?status=half', 400],
    ['requests.json?start_date=yesterday', 400],
    ['requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z', 400],
    ['requests.json?service_code=potholes', 404],
    ['requests.json?jurisdiction_id=xx.nowhere', 404],
    ['requests/KN-20-000001.json', 404],
    ['tokens/KN-20-000001.json', 404],
    ['services/potholes.json', 404],
    ['nonsense.json', 404],
    ['requests', 404],
  ])('answers %s with %d and a list of errors', async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    if (path.includes('.json')) expect(answer.body).toEqual([{ code: status, description: expect.any(String) }]);
    else expect(answer.text).toContain(`<errors><error><code>${status}</code>`);
  });

  it('gives the request of a token', async () => {
    const id = await idIn(aRequest);
    expect((await get(`tokens/${id}.json`)).body).toEqual([{ service_request_id: id, token: id }]);
  });

  it('closes what was taken back', async () => {
    const { reference, caseCode } = await file(api, { kind: 'no-sign' });
    await api.anybody.post('/api/v1/case/withdraw').send({ code: caseCode }).expect(200);
    const { body } = await get(`requests/${reference}.json`);
    expect(body[0]).toMatchObject({ status: 'closed', status_notes: 'withdrawn', expected_datetime: null });
    expect(await idOf(api, reference)).toBeTruthy();
  });
});
