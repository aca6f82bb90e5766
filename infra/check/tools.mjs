// SPDX-License-Identifier: AGPL-3.0-or-later
// The checks that other programs do. Each says how many files its program saw: one that sees none agrees with everything.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** @typedef {import('./files.mjs').SourceFile} SourceFile */
/** @typedef {{ problems: string[], seen: number }} Result */

/**
 * @param {string} root
 * @param {string} program in node_modules/.bin
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, out: string, err: string }>}
 */
function run(root, program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', program), args, { cwd: root });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

const lines = (/** @type {string} */ text) => text.split('\n').filter((line) => line.trim());

/**
 * @param {string} root
 * @param {SourceFile[]} files
 * @returns {Promise<Result>}
 */
export async function types(root, files) {
  const built = await run(root, 'tsc', ['-b', '--pretty', 'false']);
  const scripts = await run(root, 'tsc', ['-p', 'infra/tsconfig.json', '--pretty', 'false']);
  const problems = [built, scripts].flatMap(({ code, out, err }) => (code === 0 ? [] : lines(out + err)));
  const covered = await coveredFiles(root, files);
  const forgotten = files.filter(({ path }) => /\.tsx?$/.test(path) && !covered.has(path));
  return {
    problems: [...problems, ...forgotten.map(({ path }) => `${path} belongs to no tsconfig`)],
    seen: covered.size,
  };
}

/**
 * @param {string} root
 * @param {SourceFile[]} files
 */
async function coveredFiles(root, files) {
  /** @type {Set<string>} */
  const covered = new Set();
  const references = JSON.parse(files.find(({ path }) => path === 'tsconfig.json')?.text ?? '{}').references ?? [];
  for (const path of [...references.map((/** @type {{ path: string }} */ reference) => reference.path), 'infra']) {
    const { out } = await run(root, 'tsc', ['-p', path, '--listFilesOnly']);
    for (const line of lines(out)) if (line.startsWith(`${root}/`)) covered.add(line.slice(root.length + 1));
  }
  return new Set(files.map(({ path }) => path).filter((path) => covered.has(path)));
}

/**
 * @param {string} root
 * @returns {Promise<Result>}
 */
export async function lint(root) {
  const { code, out, err } = await run(root, 'oxlint', ['--type-aware', '--deny-warnings', '-f', 'json', '.']);
  // It says in plain words that there was nothing to lint.
  if (!out.startsWith('{')) return { problems: lines(out + err), seen: 0 };
  const report = JSON.parse(out);
  const problems = report.diagnostics.map(
    (/** @type {any} */ found) =>
      `${found.filename}:${found.labels?.[0]?.span?.line ?? 1} ${found.message} ${found.code ?? ''}`,
  );
  if (code !== 0 && problems.length === 0) problems.push(err || `oxlint ended with ${code}`);
  return { problems, seen: report.number_of_files };
}

/**
 * @param {string} root
 * @returns {Promise<Result>}
 */
export async function formatting(root) {
  const { code, out, err } = await run(root, 'oxfmt', ['--check', '.']);
  const seen = Number(/on (\d+) files/.exec(out + err)?.[1] ?? 0);
  if (code === 0) return { problems: [], seen };
  const different = await run(root, 'oxfmt', ['--list-different', '.']);
  const named = lines(different.out).map((path) => `${path} isn't formatted: npm run format`);
  return { problems: named.length > 0 ? named : lines(out + err), seen };
}

/**
 * @param {string} root
 * @returns {Promise<Result>}
 */
export async function deadCode(root) {
  const { code, out, err } = await run(root, 'knip', [
    '--no-progress',
    '--reporter',
    './infra/check/knip-reporter.mjs',
  ]);
  const last = lines(out).at(-1) ?? '';
  if (!last.startsWith('{')) return { problems: [err || out || `knip ended with ${code}`], seen: 0 };
  const { problems, seen } = JSON.parse(last);
  return { problems: problems.map((/** @type {string} */ text) => text.replaceAll(`${root}/`, '')), seen };
}

/**
 * @param {string} root
 * @param {SourceFile[]} files
 * @returns {Promise<Result>}
 */
export async function squawk(root, files) {
  const migrations = files.map(({ path }) => path).filter((path) => /^packages\/db\/migrations\/.*\.sql$/.test(path));
  if (migrations.length === 0) return { problems: [], seen: 0 };
  const { code, out, err } = await run(root, 'squawk', [
    '-c',
    'infra/check/squawk.toml',
    '--reporter',
    'json',
    ...migrations,
  ]);
  if (!out.trim()) return { problems: code === 0 ? [] : lines(err), seen: migrations.length };
  const found = JSON.parse(out);
  return {
    problems: found.map(
      (/** @type {any} */ issue) => `${issue.file}:${issue.line + 1} ${issue.rule_name}: ${issue.message}`,
    ),
    seen: migrations.length,
  };
}
