// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { ImportKind, ImportReport } from '@louver/contract';
import { Api, Refused } from './api.ts';
import { dataFolder, defaultUrl } from './environment.ts';
import { EXIT, Failure, reasonOf, type ExitCode } from './failure.ts';
import { importFile, type FileToImport } from './import-file.ts';
import { describeReport } from './import-report.ts';
import { progressBar } from './progress.ts';
import { readDemoAccounts } from './demo/accounts-file.ts';
import { say, warn, type Terminal } from './terminal.ts';

export interface ImportCommandOptions {
  url?: string;
  email?: string;
  passwordFile?: string;
  jurisdiction?: string;
  partial?: boolean;
  duplicateMetres?: number;
  dryRun?: boolean;
  json?: boolean;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.geojson': 'application/geo+json',
  '.json': 'application/json',
};

/** Looks first, then imports: a file that would not come in whole is refused with every row named, not with the first hundred. */
export async function runImport(
  terminal: Terminal,
  kind: ImportKind,
  path: string,
  options: ImportCommandOptions,
): Promise<ExitCode> {
  // npm changes to the root of the repository; a path is meant from where the command was typed.
  const file = await readImportFile(resolve(terminal.env.INIT_CWD ?? '.', path));
  const api = new Api(options.url ?? defaultUrl(terminal.env));
  await signIn(terminal, api, options);
  const { jurisdiction, partial, duplicateMetres } = options;
  const once = (mode: 'dry-run' | 'commit') =>
    importFile(api, file, { kind, mode, jurisdiction, partial, duplicateMetres }, progressBar(terminal));
  const show = (report: ImportReport) => (options.json ? say(terminal, JSON.stringify(report)) : undefined);

  const trial = await once('dry-run');
  if (!options.json) for (const line of describeReport(trial)) say(terminal, line);
  const refused = trial.counts.refused ?? 0;
  if (refused > 0 && !partial) {
    show(trial);
    warn(
      terminal,
      `\nNothing was imported: ${refused} of ${trial.total} rows are refused. --partial imports the others.`,
    );
    return EXIT.refused;
  }
  if (options.dryRun) {
    show(trial);
    if (!options.json) say(terminal, '\nThis was a dry run: nothing was imported.');
    return EXIT.done;
  }
  const report = await once('commit');
  show(report);
  if (!options.json)
    say(
      terminal,
      `\nImported ${(report.counts.create ?? 0) + (report.counts.update ?? 0)} of ${report.total} rows from ${path}.`,
    );
  return EXIT.done;
}

async function readImportFile(path: string): Promise<FileToImport> {
  const mediaType = MEDIA_TYPES[extname(path).toLowerCase()];
  if (mediaType === undefined)
    throw new Failure(EXIT.usage, `couldn't tell what ${path} is: expected .csv, .geojson or .json`);
  try {
    return { bytes: new Uint8Array(await readFile(path)), mediaType };
  } catch (error) {
    throw new Failure(EXIT.usage, `couldn't read ${path}: ${reasonOf(error)}`, error);
  }
}

async function signIn(terminal: Terminal, api: Api, options: ImportCommandOptions): Promise<void> {
  const { email, password } = await credentials(terminal, options);
  try {
    await api.signIn(email, password);
  } catch (error) {
    if (error instanceof Refused)
      throw new Failure(EXIT.refused, `couldn't sign in as ${email}: ${error.message}`, error);
    throw error;
  }
}

async function credentials(
  terminal: Terminal,
  { email, passwordFile }: ImportCommandOptions,
): Promise<{ email: string; password: string }> {
  const { env } = terminal;
  const who = email ?? env.LOUVER_EMAIL;
  if (who !== undefined) {
    const password = passwordFile === undefined ? env.LOUVER_PASSWORD : await passwordFrom(passwordFile);
    if (!password)
      throw new Failure(EXIT.usage, `the password of ${who} is missing: name a --password-file or set LOUVER_PASSWORD`);
    return { email: who, password };
  }
  const file = join(dataFolder(env), 'demo-accounts.json');
  const supervisor = readDemoAccounts(file).find(({ role }) => role === 'supervisor');
  if (!supervisor)
    throw new Failure(
      EXIT.usage,
      'who imports? Name --email and --password-file, or set LOUVER_EMAIL and LOUVER_PASSWORD',
    );
  warn(terminal, `Signed in as the demo's supervisor, ${supervisor.email} (from ${file}).`);
  return supervisor;
}

async function passwordFrom(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    throw new Failure(EXIT.usage, `couldn't read the password file ${path}: ${reasonOf(error)}`, error);
  }
}
