// SPDX-License-Identifier: AGPL-3.0-or-later
import { existsSync } from 'node:fs';
import {
  LogRewritten,
  LogWrong,
  peekCheckpoint,
  verifyLog,
  type Policy,
  type ReadFile,
  type TrustedCheckpoint,
} from '@louver/ledger/verify';
import { replaceFile } from '../atomic-file.ts';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { fromHere } from '../from-here.ts';
import { warn, type Terminal } from '../terminal.ts';
import { logInFolder } from './folder.ts';
import { logOverHttp, logUrl } from './http.ts';
import { signed, type Outcome } from './outcome.ts';
import { verifyProgress } from './progress.ts';
import { namedFile } from './trust.ts';

export interface LogOptions {
  since?: string;
  save?: string;
  token?: string;
  tokenFile?: string;
  treeOnly?: boolean;
  quiet?: boolean;
}

/** A log somewhere, and what of it can be read. */
interface Source {
  readonly read: ReadFile;
  readonly entries: boolean;
}

/** A wrong log, and how its files are called where the person looks for them. */
export class FoundWrong extends Error {
  override readonly name = 'FoundWrong';
  readonly file: string;
  readonly wrong: LogWrong;
  /** Where the checkpoint lies that contradicts the one kept from before. */
  readonly savedTo: string | null;
  constructor(file: string, wrong: LogWrong, savedTo: string | null = null) {
    super(wrong.message, { cause: wrong });
    this.file = file;
    this.wrong = wrong;
    this.savedTo = savedTo;
  }
}

/**
 * Verifies a log at an address or in a folder, and keeps its checkpoint if that is wished.
 * @throws FoundWrong; Failure usage or unreachable
 */
export async function verifyWholeLog(
  terminal: Terminal,
  where: string,
  policy: Policy,
  options: LogOptions,
): Promise<Extract<Outcome, { what: 'log' }>> {
  const save = options.save === undefined ? undefined : fromHere(terminal, options.save);
  const since = await checkpointFrom(terminal, options, save);
  const stop = new AbortController();
  const source = await sourceOf(terminal, where, options, stop.signal);
  let shown: Uint8Array | undefined;
  const read: ReadFile = async (path) => {
    const bytes = await source.read(path);
    if (path === 'checkpoint') shown = bytes;
    return bytes;
  };
  const progress = options.quiet ? undefined : verifyProgress(terminal);
  try {
    const checkpoint = await verifyLog({
      read,
      policy,
      entries: source.entries,
      signal: stop.signal,
      ...(since ? { since: since.bytes } : {}),
      onProgress: ({ verified, total }) => progress?.at(verified, total),
    });
    if (save !== undefined && shown) await keep(save, shown);
    return outcome(checkpoint, source, since);
  } catch (error) {
    if (!(error instanceof LogWrong)) throw error;
    const contradiction = save !== undefined && shown && error instanceof LogRewritten ? `${save}.wrong` : null;
    if (contradiction !== null && shown) await keep(contradiction, shown);
    throw new FoundWrong(error.path === 'since' && since ? since.file : error.path, error, contradiction);
  } finally {
    progress?.end();
    stop.abort();
  }
}

interface Kept {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * The checkpoint to compare with. One that --save would replace is compared with also where nobody asked for it: it may be
 * the only witness of what the log said before.
 */
async function checkpointFrom(
  terminal: Terminal,
  { since }: LogOptions,
  save: string | undefined,
): Promise<Kept | undefined> {
  const file =
    since === undefined ? (save !== undefined && existsSync(save) ? save : undefined) : fromHere(terminal, since);
  return file === undefined ? undefined : { file, bytes: await namedFile('kept checkpoint', file) };
}

async function sourceOf(terminal: Terminal, where: string, options: LogOptions, signal: AbortSignal): Promise<Source> {
  const token = await tokenOf(terminal, options);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(where))
    return { read: await logInFolder(fromHere(terminal, where)), entries: !options.treeOnly };
  const url = logUrl(where);
  const entries = !options.treeOnly && token !== undefined;
  if (entries && url.startsWith('http:') && !/^\[?(?:127\.|::1|localhost)/.test(new URL(url).hostname))
    warn(terminal, `The token goes to ${url} without encryption: whoever listens on the way can use it.`);
  if (!options.treeOnly && !entries && !options.quiet)
    warn(terminal, 'No --token: the tree is verified, the entries, which auditors may read, are not.');
  return { read: logOverHttp({ url, token, signal }), entries };
}

async function tokenOf(terminal: Terminal, { token, tokenFile }: LogOptions): Promise<string | undefined> {
  const text =
    tokenFile === undefined
      ? token
      : Buffer.from(await namedFile('token file', fromHere(terminal, tokenFile)))
          .toString('utf8')
          .trim();
  if (text !== undefined && !/^[\x21-\x7e]+$/.test(text))
    throw new Failure(EXIT.usage, 'the token is empty, or has signs in it that no token has');
  return text;
}

async function keep(file: string, checkpoint: Uint8Array): Promise<void> {
  try {
    await replaceFile(file, checkpoint, { mode: 0o644 });
  } catch (error) {
    throw new Failure(EXIT.usage, `couldn't write the checkpoint to ${file}: ${reasonOf(error)}`, error);
  }
}

const outcome = (
  checkpoint: TrustedCheckpoint,
  { entries }: Source,
  since: Kept | undefined,
): Extract<Outcome, { what: 'log' }> => ({
  outcome: 'verified',
  what: 'log',
  entriesRead: entries,
  since: since ? { file: since.file, size: peekCheckpoint(since.bytes).size } : null,
  ...signed(checkpoint),
});
