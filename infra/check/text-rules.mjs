// SPDX-License-Identifier: AGPL-3.0-or-later
// Rules that need no parser: one function each, from files to what is wrong with them.
import { codeFiles, isTest, lineAt, withoutComments } from './files.mjs';

/** @typedef {import('./files.mjs').SourceFile} SourceFile */

const LICENCE = 'SPDX-License-Identifier: AGPL-3.0-or-later';
const MAX_LINES = 400;
const MAX_TEST_LINES = 600;

/** @param {SourceFile[]} files */
export function licenceHeaders(files) {
  const sources = files.filter(
    ({ path }) => /\.(ts|tsx|mjs|css|sql|sh|pl)$|^\.ci\/|Dockerfile/.test(path) && !path.endsWith('schema.sql'),
  );
  const problems = sources
    .filter(({ text }) => {
      const [first = '', second = ''] = text.split('\n');
      // What has to come first for the machine may.
      return !(/^#!|^# syntax=/.test(first) ? second : first).includes(LICENCE);
    })
    .map(({ path }) => `${path} doesn't begin with ${LICENCE}`);
  return { problems, seen: sources.length };
}

/** @param {SourceFile[]} files */
export function lengths(files) {
  const sources = codeFiles(files);
  const problems = sources.flatMap(({ path, text }) => {
    const most = isTest(path) ? MAX_TEST_LINES : MAX_LINES;
    const lines = text.split('\n').length - 1;
    return lines > most
      ? [`${path} has ${lines} lines; ${most} are allowed. It probably holds two reasons to change.`]
      : [];
  });
  return { problems, seen: sources.length };
}

// Put together from pieces, so that this file isn't its own first finding.
const MACHINE_PATH = new RegExp(
  String.raw`(?<![\w.~$)}-])/(?:${['work', 'root', String.raw`home/[a-z]\w*`].join('|')})/`,
  'g',
);
const REGISTRY = new RegExp(
  String.raw`https?://[^/\s"']*(?:${['registry', 'nexus', 'artifactory', 'verdaccio', 'mirror'].join('|')})[^\s"']*`,
  'g',
);

/** @param {SourceFile[]} files */
export function foreignPlaces(files) {
  const problems = files.flatMap(({ path, text }) => [
    ...hits(path, text, MACHINE_PATH, 'a path of one machine'),
    ...hits(path, text, REGISTRY, 'a registry of one machine'),
  ]);
  return { problems, seen: files.length };
}

const FOCUSED = /\b(?:it|test|describe|suite)\.(?:only|todo|fails)\b|\btest\.describe\.only\b|\bf(?:it|describe)\(/g;
// With a title first there is no condition; `test.skip(condition, reason)` and `it.skipIf(condition)` have one.
const SKIPPED =
  /\b(?:it|test|describe|suite)(?:\.describe)?\.(?:skip|fixme)\(\s*['"`]|\bx(?:it|describe)\(|\.(?:skip|fixme)\(\s*\)/g;

/** @param {SourceFile[]} files */
export function honestTests(files) {
  const tests = files.filter(({ path }) => isTest(path));
  const problems = tests.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    return [...hits(path, code, FOCUSED, 'keeps other tests from running'), ...hits(path, code, SKIPPED, 'never runs')];
  });
  return { problems, seen: tests.length };
}

// Statements, not fragments: a rule may say what it means by "in this box" and leave the asking to queries.ts.
const STATEMENT = /[`'"]\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|MERGE INTO|TRUNCATE|COPY|LOCK TABLE)\s/g;
/** The tag and the tools of the trade live in db; testkit makes databases; neither asks about anything. */
const MAY_SPEAK_SQL = /^packages\/(?:db|testkit)\/|\/queries\.ts$|-queries\.ts$/;

/** @param {SourceFile[]} files */
export function sqlInQueries(files) {
  const sources = codeFiles(files).filter(({ path }) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path));
  const problems = sources
    .filter(({ path }) => !MAY_SPEAK_SQL.test(path))
    .flatMap(({ path, text }) => hits(path, withoutComments(text), STATEMENT, 'SQL stands in queries.ts only'));
  return { problems, seen: sources.length };
}

/**
 * @param {string} path
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} why
 */
const hits = (path, text, pattern, why) =>
  [...text.matchAll(pattern)].map(
    (found) => `${path}:${lineAt(text, found.index)} ${found[0].trim().slice(0, 80)}: ${why}`,
  );
