// SPDX-License-Identifier: AGPL-3.0-or-later
// What squawk doesn't know about our migrations.
import { lineAt } from './files.mjs';

const FOLDER = 'packages/db/migrations/';
const NAME = /^\d{8}T\d{4}_[a-z0-9]+(?:_[a-z0-9]+)*__[a-z0-9]+(?:_[a-z0-9]+)*\.sql$/;

/** @type {[RegExp, string][]} */
const FORBIDDEN = [
  [
    /(?<!::\s*|\w)(?:geometry|geography)\b(?!\s*\(\s*\w+\s*,\s*\d+\s*\))/gi,
    'write type and SRID: geometry(Point, 4326)',
  ],
  [/\btimestamp\b(?!\s*(?:\(\d\)\s*)?with\s+time)/gi, 'timestamptz only: a moment without its zone is ambiguous'],
  [/(?<!CONSTRAINT\s+\w+\s+|WITH\s+)\bCHECK\s*\(/gi, 'name the constraint: a problem is named after it'],
  [/(?<!CONSTRAINT\s+\w+\s+|CREATE\s+)\bUNIQUE\b/gi, 'name the constraint: a problem is named after it'],
  [/(?<!CONSTRAINT\s+\w+\s+)\bEXCLUDE\s+USING\b/gi, 'name the constraint: a problem is named after it'],
];

/** @param {import('./files.mjs').SourceFile[]} files */
export function migrationRules(files) {
  const migrations = files.filter(({ path }) => path.startsWith(FOLDER));
  const problems = migrations.flatMap(({ path, text }) => [
    ...nameProblems(path),
    ...headerProblems(path, text),
    ...FORBIDDEN.flatMap(([pattern, why]) => {
      const code = withoutProse(text);
      return [...code.matchAll(pattern)].map(
        ({ index, 0: found }) => `${path}:${lineAt(code, index)} ${found}: ${why}`,
      );
    }),
  ]);
  return { problems, seen: migrations.length };
}

/** @param {string} path */
function nameProblems(path) {
  const name = path.slice(FOLDER.length);
  return NAME.test(name) ? [] : [`${path}: the name isn't YYYYMMDDTHHMM_table__verb.sql`];
}

/**
 * @param {string} path
 * @param {string} text
 */
function headerProblems(path, text) {
  const why = text.split('\n')[1] ?? '';
  return /^-- \S.{20,}/.test(why) ? [] : [`${path}:2 the second line says why this migration is needed`];
}

/**
 * Comments and text literals become blanks of the same length.
 * @param {string} text
 */
const withoutProse = (text) =>
  text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (prose) => prose.replaceAll(/[^\n]/g, ' '));
