// SPDX-License-Identifier: AGPL-3.0-or-later
// What the register tells by itself, as somebody reads it: on the page, in the feed, by the API and by an import.
import type { Camera } from '@louver/contract';
import { aJurisdiction } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
const WARD = 'vn.p66.hoa_sua';
let supervisor: SignedIn;

beforeAll(async () => {
  for (const ward of [WARD, 'vn.p66.ben_gio']) await aJurisdiction(api.owner, ward);
  await api.owner.query(
    `UPDATE jurisdictions SET name = 'Phường <Hoa> & Sữa', boundary = ST_Multi(ST_MakeEnvelope(108.04, 12.67, 108.06, 12.69, 4326))
     WHERE path = '${WARD}'`,
  );
  supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
});

const draft = (code: string, given: object = {}) => ({
  ...{ code, name: 'Cổng chợ', jurisdiction: WARD, location: { type: 'Point', coordinates: [108.05, 12.68] } },
  ...{
    owner: null,
    operator: null,
    hostPremises: 'public-pole',
    purpose: 'An ninh',
    legalBasis: null,
    retentionDays: 7,
  },
  ...{ publication: 'shown', status: 'planned', mobility: 'fixed', manufacturer: null, model: null },
  ...{ hasAudio: false, hasBiometrics: false },
  ...given,
});
const register = async (code: string, given: object = {}): Promise<Camera> =>
  (await supervisor.agent.post('/api/v1/cameras').send(draft(code, given)).expect(201)).body as Camera;
const change = (id: string, patch: object) => supervisor.agent.patch(`/api/v1/cameras/${id}`).send(patch);
const localDay = (days: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date(Date.now() + days * 86_400_000));

describe('a planned camera', () => {
  it('is told of on the page, with the day and a way to say something about it that knows the camera', async () => {
    const camera = await register('K-001');
    expect([camera.status, camera.liveNotBefore]).toEqual(['planned', localDay(30)]);
    const { text } = await api.anybody.get('/public/notices').expect(200);
    expect(text).toMatch(/A camera is planned.*K-001.*It may be at work from .*Open for comments until/s);
    const form = /href="(\/public\/complain\?kind=planned-camera[^"]*camera=K-001)"/
      .exec(text)?.[1]
      ?.replaceAll('&amp;', '&');
    const asked = await api.anybody.get(form!).expect(200);
    expect(asked.text).toContain('name="camera" value="K-001"');
    expect((await api.anybody.get('/cong-dan/camera/K-001').expect(200)).text).toContain('Sớm nhất hoạt động ngày');
  });

  it('of which only the number is told leads to the form of its ward, and its code is nowhere', async () => {
    await register('K-SECRET', { publication: 'counted', jurisdiction: 'vn.p66.ben_gio' });
    const { text } = await api.anybody.get('/public/notices').expect(200);
    expect(text).toContain('ward=vn.p66.ben_gio');
    expect(text).not.toContain('K-SECRET');
  });

  it('is refused to be live before that day, with the day, and nothing of the change is kept', async () => {
    const { id, liveNotBefore } = await register('K-002');
    const { body } = await change(id, { status: 'live', name: 'Tên khác' }).expect(409);
    expect(body).toMatchObject({ slug: 'camera-window-open', errors: [{ pointer: '/status' }] });
    expect(body.detail).toContain(liveNotBefore);
    const kept = (await supervisor.agent.get(`/api/v1/cameras/${id}`)).body as Camera;
    expect([kept.status, kept.name]).toEqual(['planned', 'Cổng chợ']);
  });

  it('is refused by an import with its row named, and the others come in', async () => {
    const { liveNotBefore } = await register('K-003');
    const csv = `code,name,lat,lon,status,jurisdiction\nK-003,Cổng chợ,12.68,108.05,live,${WARD}\nK-004,Khác,12.681,108.051,live,${WARD}\n`;
    const send = (query: string) =>
      supervisor.agent.post(`/api/v1/imports?kind=cameras&${query}`).type('text/csv').send(csv);
    const refused = await send('mode=commit').expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: expect.stringMatching(/status/) }]);
    const report = (await send('mode=commit&partial=true').expect(200)).body as { rows: object[] };
    expect(report.rows).toMatchObject([
      {
        row: 1,
        key: 'K-003',
        fate: 'refused',
        errors: [{ pointer: '/status', detail: expect.stringContaining(liveNotBefore!) }],
      },
      { row: 2, key: 'K-004', fate: 'create' },
    ]);
  });
});

it('says of a camera that is entered as live that nobody had been told', async () => {
  await register('K-010', { status: 'live' });
  const { text } = await api.anybody.get('/public/cameras/K-010').expect(200);
  expect(text).toMatch(
    /Already at work when it was entered in the register.*It was not announced on this page before/s,
  );
});

it('keeps to one ward where one is asked for, and bears any other', async () => {
  await register('K-020', { jurisdiction: 'vn.p66.ben_gio' });
  const { text } = await api.anybody.get('/public/notices').query({ ward: WARD }).expect(200);
  expect(text).toContain('K-001');
  expect(text).not.toContain('K-020');
  for (const ward of ['nowhere', "'; --", 'vn.p66.%', 'x'.repeat(300)])
    await api.anybody.get('/public/notices').query({ ward }).expect(200);
});

describe('homes that a camera begins to see', () => {
  /** Of one that has been in the register for a while. */
  async function sees(code: string, given: object, levels: readonly string[]): Promise<void> {
    const { id } = await register(code, { status: 'live', ...given });
    await api.owner.query("UPDATE told_cameras SET since = since - interval '2 days' WHERE camera_id = $1", [id]);
    await api.owner.query(
      `WITH aim AS (
         INSERT INTO aims (camera_id, name, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m)
         SELECT id, 'main', location, 6, 45, -10, 0, 80, 1280, 720, 60 FROM cameras WHERE id = $1 RETURNING id
       ), run AS (
         INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
         SELECT id, $1, repeat('0', 64), '{}', 'x', 1, ST_GeomFromText('MULTIPOLYGON EMPTY', 4326) FROM aim RETURNING id
       )
       INSERT INTO exposures (run_id, building_id, place, frame_share, pixels_per_metre, dori, distance_metres, facade_metres, breaches)
       SELECT run.id, gen_random_uuid(), n, 0.1, 400 - n, level, 22, 20, '{}' FROM run, unnest($2::text[]) WITH ORDINALITY AS l (level, n)`,
      [id, levels],
    );
  }
  const itemsOf = async (code: string) => {
    const { text } = await api.anybody.get('/ogc/collections/notices/items?f=json&limit=1000').expect(200);
    const { features } = JSON.parse(text) as { features: { properties: Record<string, unknown> }[] };
    return features.map(({ properties }) => properties).filter(({ cameraCode }) => cameraCode === code);
  };

  it('are told of by their number and how well the clearest is seen, with the way to the map and to the form', async () => {
    await sees('K-030', {}, ['recognise', 'detect', 'detect']);
    const vi = (await api.anybody.get('/cong-dan/camera/K-030').expect(200)).text;
    expect(vi).toMatch(
      /Camera nhìn thấy thêm nhà ở.*thấy thêm 3 nhà ở.*người quen nhìn hình sẽ nhận ra bạn.*khi chưa che/s,
    );
    const { text } = await api.anybody.get('/public/notices').expect(200);
    expect(text).toMatch(/A camera sees more homes.*K-030.*3 homes that it did not see.*whoever knows you/s);
    expect(text).toContain(`href="/public/my-home/${WARD}"`);
    const form = '/public/complain?kind=faces-home&step=form&camera=K-030';
    expect(text.replaceAll('&amp;', '&')).toContain(`href="${form}"`);
    expect((await api.anybody.get(form).expect(200)).text).toContain('name="camera" value="K-030"');
    const { text: atom } = await api.anybody.get(`/public/notices/atom/${WARD}`).buffer(true).expect(200);
    expect(atom).toMatch(
      /A camera sees more homes · K-030.*rel="related"[^>]*\/my-home\/.*rel="related"[^>]*camera=K-030/s,
    );
    expect((await itemsOf('K-030')).map(({ kind, homes, level }) => ({ kind, homes, level }))).toEqual(
      expect.arrayContaining([{ kind: 'homes-seen', homes: 3, level: 'recognise' }]),
    );
  });

  it('are told of as one where it is one', async () => {
    await sees('K-031', {}, ['detect']);
    const { text } = await api.anybody.get('/public/cameras/K-031').expect(200);
    expect(text).toContain('It can see 1 home that it did not see');
  });

  it('are told of nowhere when the camera is counted and not shown', async () => {
    const PUBLIC = [
      ...['/public/notices', `/cong-dan/thong-bao?ward=${WARD}`, `/public/notices/atom/${WARD}`],
      ...['/cong-dan/thong-bao/atom', '/ogc/collections/notices/items?f=json&limit=1000'],
    ];
    const SEEN = /homes-seen|sees more homes|thấy thêm nhà ở/g;
    const count = async () => {
      const answers = await Promise.all(PUBLIC.map((path) => api.anybody.get(path).buffer(true).expect(200)));
      return answers.map(({ text, body }) => (text ?? String(body)).match(SEEN)?.length ?? 0);
    };
    const before = await count();
    expect(Math.min(...before)).toBeGreaterThan(0);
    await sees('K-HIDDEN', { publication: 'counted' }, ['identify', 'identify']);
    expect(await count()).toEqual(before);
  });
});

describe('the feed', () => {
  const read = async (path: string): Promise<Element> => {
    const { text, headers } = await api.anybody.get(path).buffer(true).expect(200);
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    return parseXml(text);
  };
  const entriesOf = (feed: Element) => feed.all('entry');

  it('is linked from the page and has what RFC 4287 demands, in both languages', async () => {
    const { text } = await api.anybody.get('/cong-dan/thong-bao').expect(200);
    expect(text).toContain(
      '<link rel="alternate" type="application/atom+xml" title="Thông báo" href="/cong-dan/thong-bao/atom"/>',
    );
    for (const [path, language] of [
      ['/cong-dan/thong-bao/atom', 'vi'],
      ['/public/notices/atom', 'en'],
    ] as const) {
      const feed = await read(path);
      expect(feed.attributes).toEqual({ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language });
      expect(feed.text('id')).toBe(`${api.url}${path}`);
      expect(feed.text('title') && feed.all('author')[0]?.text('name')).toBeTruthy();
      const self = feed.all('link').find(({ attributes }) => attributes['rel'] === 'self');
      expect(self?.attributes).toEqual({ rel: 'self', type: 'application/atom+xml', href: feed.text('id') });
      const entries = entriesOf(feed);
      expect(feed.text('updated')).toBe(entries[0]!.text('updated'));
      for (const entry of entries) {
        expect(entry.text('id')).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
        expect(entry.text('title') && entry.text('summary')).toBeTruthy();
        const updated = entry.text('updated')!;
        expect(new Date(updated).toISOString()).toBe(updated);
        const links = entry.all('link').map(({ attributes }) => attributes);
        const alternates = links.filter(({ rel }) => rel !== 'related');
        expect(alternates.map(({ rel, hreflang }) => [rel, hreflang])).toEqual([
          ['alternate', 'vi'],
          ['alternate', 'en'],
        ]);
        for (const { href } of links) await api.anybody.get(href!.replace(api.url, '')).expect(200);
      }
      expect(new Set(entries.map((entry) => entry.text('id'))).size).toBe(entries.length);
    }
  });

  it('names an entry the same in either language and in the feed of its ward, where others are not', async () => {
    const idOf = (feed: Element, code: string) =>
      entriesOf(feed)
        .find((entry) => entry.text('title')?.includes(code))
        ?.text('id');
    const all = await read('/public/notices/atom');
    const ward = await read(`/cong-dan/thong-bao/atom/${WARD}`);
    expect(idOf(ward, 'K-001')).toBe(idOf(all, 'K-001'));
    expect(idOf(ward, 'K-001')).toBeDefined();
    expect(idOf(ward, 'K-020')).toBeUndefined();
    expect(idOf(all, 'K-020')).toBeDefined();
    expect(ward.text('title')).toContain('Phường <Hoa> & Sữa');
  });

  it('is there for a ward in which nothing was told, and not for one that is none', async () => {
    await aJurisdiction(api.owner, 'vn.p66.doi_thong');
    await api.owner.query(
      "UPDATE jurisdictions SET boundary = ST_Multi(ST_MakeEnvelope(1, 1, 2, 2, 4326)) WHERE path = 'vn.p66.doi_thong'",
    );
    expect(entriesOf(await read('/public/notices/atom/vn.p66.doi_thong'))).toEqual([]);
    await api.anybody.get('/public/notices/atom/vn.p66.nowhere').expect(404);
  });
});

class Element {
  readonly children: Element[] = [];
  readonly name: string;
  readonly attributes: Record<string, string>;
  content = '';

  constructor(name: string, attributes: Record<string, string>) {
    this.name = name;
    this.attributes = attributes;
  }

  all(name: string): Element[] {
    return this.children.filter((child) => child.name === name);
  }

  text(name: string): string | undefined {
    return this.all(name)[0]?.content;
  }
}

const MARKUP = /<\?xml[^<>]*\?>|<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

/** Strict, and no more than is needed here. @throws when it is not well-formed */
function parseXml(text: string): Element {
  const top = new Element('', {});
  const open = [top];
  let end = 0;
  for (const [token, closing, name, attributes = '', empty, content] of text.matchAll(MARKUP)) {
    end += token.length;
    const at = open.at(-1)!;
    if (content !== undefined) at.content += plain(content);
    if (name === undefined) continue;
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const found = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map((each) => [each[1]!, plain(each[2]!)]);
    const element = new Element(name, Object.fromEntries(found) as Record<string, string>);
    at.children.push(element);
    if (!empty) open.push(element);
  }
  if (end !== text.length || open.length !== 1 || top.children.length !== 1) throw new Error('not well-formed');
  return top.children[0]!;
}

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const plain = (text: string): string =>
  text.replaceAll(/&(\w*);?/g, (entity, name: string) => {
    if (!entity.endsWith(';') || SIGNS[name] === undefined) throw new Error(`${entity} means nothing`);
    return SIGNS[name];
  });
