// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/ref/environment.md names every variable that the source reads, and no other.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { codeFiles, isTest, projectFiles, withoutComments } from './files.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const files = projectFiles(root);
const page = files.find(({ path }) => path === 'docs/ref/environment.md')?.text ?? '';

/** The system's and the tools' own. */
const NOT_OURS = new Set([
  'PATH',
  'TMPDIR',
  'NODE_ENV',
  'INIT_CWD',
  'NO_COLOR',
  'FORCE_COLOR',
  'DEBIAN_FRONTEND',
  'LC_ALL',
]);
const READ = [
  /\benv\.([A-Z][A-Z0-9_]+)\b/g,
  /\benv\[\s*['"`]([A-Z][A-Z0-9_]+)['"`]\s*\]/g,
  // Keys of the schemas that an environment is parsed with.
  /^\s+([A-Z][A-Z0-9_]+): z\b/gm,
  /\b((?:LOUVER|CAMSIM|WORKER)_[A-Z0-9_]+)\b/g,
];

/** @param {string} text */
const namesIn = (text) => READ.flatMap((pattern) => [...text.matchAll(pattern)].map((found) => found[1] ?? ''));

/** Name to the file where it was found first. */
const read = new Map(
  [
    ...codeFiles(files).filter(({ path }) => !isTest(path)),
    ...files.filter(({ path }) => path === 'infra/compose.yaml'),
  ]
    .flatMap(({ path, text }) => namesIn(withoutComments(text)).map((name) => /** @type {const} */ ([name, path])))
    .filter(([name]) => !NOT_OURS.has(name)),
);
const documented = [...page.matchAll(/^\| `([A-Z][A-Z0-9_]+)` +\|/gm)].map((found) => found[1] ?? '');

it('finds variables in the ways in which they are read', () => {
  expect([...read.keys()]).toEqual(
    expect.arrayContaining(['DATABASE_URL', 'LOUVER_SANDBOX', 'WORKER_PORT', 'LOUVER_E2E_URL', 'LOUVER_DATABASE']),
  );
});

it('names every variable that the source reads', () => {
  const missing = [...read].filter(([name]) => !documented.includes(name)).map(([name, path]) => `${name} (${path})`);
  expect(missing).toEqual([]);
});

it('names none that nobody reads, and none twice', () => {
  expect(documented.filter((name) => !read.has(name))).toEqual([]);
  expect(documented).toEqual([...new Set(documented)]);
});
