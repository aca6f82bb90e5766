// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may import whom. A type import counts: it ties two packages just the same.
import { dirname, join, normalize } from 'node:path/posix';
import { codeFiles, isTest, lineAt, withoutComments } from './files.mjs';

/** @typedef {{ only?: RegExp, never?: RegExp }} Rule */

/** @type {Record<string, Rule>} */
const RULES = {
  contract: { only: /^zod$/ },
  sightline: { only: /^$/ },
  ledger: { never: /^(@louver\/|pg$|pg\/|ioredis|express|bullmq)/ },
  db: { never: /^@louver\/(api|worker|console|camsim|cli)/ },
  api: { never: /^@louver\/(worker|console|camsim|cli)/ },
  worker: { never: /^@louver\/(api|console|camsim|cli)/ },
  // Of the ledger only what verifies: whoever checks the record in a browser must not be able to write it.
  console: {
    never: /^(@louver\/(api|worker|sealer|db|ledger(?!\/verify$)|camsim|cli)|pg$|pg\/|ioredis|bullmq|express|node:)/,
  },
  // Whoever holds the signing key meets neither requests nor frames.
  sealer: { never: /^@louver\/(api|worker|console|camsim|cli)/ },
  camsim: { never: /^@louver\/(api|worker|console|db|cli)/ },
  cli: { never: /^@louver\/(api|worker|console)/ },
};
const ONLY_IN_TESTS = /^(@louver\/testkit|vitest|fast-check|supertest)(\/|$)|\.test(\.|$)/;
const IMPORT = /(?<![\w.'"`])(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** @param {import('./files.mjs').SourceFile[]} files */
export function boundaries(files) {
  const sources = codeFiles(files).filter(({ path }) => /^packages\/[^/]+\/src\//.test(path));
  const problems = sources.flatMap((file) =>
    [...withoutComments(file.text).matchAll(IMPORT)].flatMap((found) => {
      const wrong = objection(file.path, found[2] ?? '');
      return wrong ? [`${file.path}:${lineAt(file.text, found.index)} imports ${found[2]}: ${wrong}`] : [];
    }),
  );
  return { problems, seen: sources.length };
}

/**
 * @param {string} path of the importing file
 * @param {string} target as written
 * @returns {string | undefined}
 */
function objection(path, target) {
  const name = path.split('/')[1] ?? '';
  if (target.startsWith('.')) return relativeObjection(path, name, target);
  // A test may reach for what it tests with; what the package itself is made of stays the same.
  if (!isTest(path)) {
    if (name !== 'testkit' && ONLY_IN_TESTS.test(target))
      return 'source never imports tests or what they are made with';
    const rule = RULES[name];
    if (rule?.only && !rule.only.test(target))
      return `${name} imports only ${rule.only.source === '^$' ? 'itself' : rule.only.source}`;
    if (rule?.never?.test(target)) return `${name} never imports that`;
  }
  return undefined;
}

/**
 * @param {string} path
 * @param {string} name
 * @param {string} target
 */
function relativeObjection(path, name, target) {
  const resolved = normalize(join(dirname(path), target));
  if (!resolved.startsWith(`packages/${name}/`)) return 'a relative path never leaves its package';
  if (!isTest(path) && isTest(resolved)) return 'source never imports tests';
  // The console's queries ask the API, and what lies directly in src/ puts the slices together.
  const inSlice = /^packages\/(api|worker)\/src\/[^/]+\//.test(path) && !isTest(path);
  if (inSlice && resolved.endsWith('/queries.ts') && dirname(resolved) !== dirname(path)) {
    return 'a slice may use the rules of another one, not its queries';
  }
  return undefined;
}
