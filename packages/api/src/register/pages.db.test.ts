// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishNotice, Tx } from '@louver/db';
import { aCamera, aJurisdiction } from '@louver/testkit';
import type { PoolClient } from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const civicDir = mkdtempSync(join(tmpdir(), 'louver-civic-'));
mkdirSync(join(civicDir, 'assets'));
writeFileSync(join(civicDir, 'assets/civic-abc.css'), 'p{}');
writeFileSync(
  join(civicDir, 'manifest.json'),
  JSON.stringify({ 'src/design/civic.css': { file: 'assets/civic-abc.css' } }),
);
const api = useApi({ civicDir });

const told: boolean[] = [];

beforeAll(async () => {
  await aJurisdiction(api.owner, 'vn.p66.hoa_sua');
  const { cameraId } = await aCamera(api.owner, { code: 'HS-0001', status: 'planned' });
  await api.owner.query("UPDATE cameras SET publication = 'shown'");
  const tx = new Tx(api.owner as unknown as PoolClient);
  const notice = { key: 'planned:1', kind: 'camera-planned', jurisdiction: 'vn.p66.hoa_sua', cameraId } as const;
  told.push(await publishNotice(tx, notice), await publishNotice(tx, notice));
});

it('tells of an event once, however often it is told', () => {
  expect(told).toEqual([true, false]);
});

it('is served in both languages, each one tap from the other, without a cookie', async () => {
  const vi = await api.anybody.get('/cong-dan').expect(200);
  expect(vi.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(vi.text).toMatch(/^<!doctype html><html lang="vi">/);
  expect(vi.text).toContain('<a class="language" href="/public" hrefLang="en" lang="en">English</a>');
  expect(vi.text).toContain('href="/cong-dan/camera/HS-0001"');
  expect(vi.headers['set-cookie']).toBeUndefined();
  const en = await api.anybody.get('/public').expect(200);
  expect(en.text).toContain('<html lang="en">');
  expect(en.text).toContain('href="/cong-dan"');
});

it('may run no inline script, be framed by nobody and be kept by anybody for a minute', async () => {
  const { headers, text } = await api.anybody.get('/public');
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; " +
      "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(headers['cache-control']).toBe('public, max-age=60');
  // A form's POST would say `Origin: null` under no-referrer, and be refused as foreign.
  expect(headers['referrer-policy']).toBe('same-origin');
  expect(text).not.toMatch(/<style|style=|<script(?![^>]*src=)/);
  await api.anybody.get('/public').set('If-None-Match', String(headers['etag'])).expect(304);
});

it('answers a wrong address with a page that leads on, in the language of the address', async () => {
  const { text } = await api.anybody.get('/public/no-such-thing').expect(404);
  expect(text).toContain('There is no such page');
  expect((await api.anybody.get('/cong-dan/khong-co').expect(404)).text).toContain('Không có trang này');
});

it('names its style sheet after its content and lets it be kept for ever', async () => {
  const { text } = await api.anybody.get('/cong-dan');
  expect(text).toContain('<link rel="stylesheet" href="/civic/assets/civic-abc.css"/>');
  const sheet = await api.anybody.get('/civic/assets/civic-abc.css').expect(200);
  expect(sheet.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  await api.anybody.get('/civic/assets/gone.css').expect(404);
});
