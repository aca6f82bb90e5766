// SPDX-License-Identifier: AGPL-3.0-or-later
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { projectFiles } from './files.mjs';
import { deadLinks } from './links.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

it('leads from every page to pages, pictures and headings that are there', () => {
  const { problems, seen } = deadLinks(projectFiles(root), (path) => existsSync(join(root, path)));
  expect(problems).toEqual([]);
  expect(seen).toBeGreaterThan(10);
});

it('finds a page, a picture and a heading that are not there', () => {
  const files = [
    {
      path: 'docs/a.md',
      text: '# One thing\n[b](b.md) [gone](gone.md) ![p](../p.png) [h](#one-thing) [x](b.md#nowhere)',
    },
    {
      path: 'docs/b.md',
      text: '## Ô nhiễm & tiếng ồn\n[up](a.md#one-thing) [here](#ô-nhiễm--tiếng-ồn) [web](https://example.org/x)',
    },
  ];
  const there = new Set(files.map(({ path }) => path));
  expect(deadLinks(files, (path) => there.has(path)).problems).toEqual([
    'docs/a.md leads to gone.md, which is not there',
    'docs/a.md leads to ../p.png, which is not there',
    'docs/a.md leads to b.md#nowhere; docs/b.md has no such heading',
  ]);
});

it('takes code for code', () => {
  const files = [{ path: 'a.md', text: '```md\n[gone](gone.md)\n```\n' }];
  expect(deadLinks(files, () => false).problems).toEqual([]);
});
