// SPDX-License-Identifier: AGPL-3.0-or-later
// How a sealer becomes the one. Nothing is changed until it is certain that the database continues all that was published;
// after that the files are brought up to it by the same path on which new ones are written.
import { EMPTY_EDGE, type RightEdge } from '@louver/ledger';
import type { Logger } from 'pino';
import { ClaimedFolder } from './claimed-folder.ts';
import type { Connection } from './connection.ts';
import type { LogKeys } from './keys.ts';
import { isComplete, readFrom } from './log-folder.ts';
import { type Folders, type Mark, readMarks, requireNotBelow } from './marks.ts';
import { findState, lockState, type LogState, takeTerm } from './queries.ts';
import { loadPublished, regrow } from './tree.ts';

export interface Takeover {
  readonly term: number;
  /** As it was sealed last. */
  readonly state: LogState;
  /** The tree to go on from, and how much of it is in the files. */
  readonly base: RightEdge;
  readonly written: number;
  readonly logFolder: ClaimedFolder;
  readonly keyFolder: ClaimedFolder;
}

/** @throws MayNotSeal for a database that does not continue what was published */
export async function takeOver(
  connection: Connection,
  folders: Folders,
  keys: LogKeys,
  log: Logger,
): Promise<Takeover> {
  const { marks, base, written } = await preflight(connection, folders, keys, log);
  const claimed = await connection.transaction(async (client) => {
    const state = await lockState(client);
    const now = await readMarks(folders, keys);
    requireNotBelow(state.size, [...marks, ...present(now)]);
    await takeTerm(client);
    const term = state.term + 1;
    // Under the lock: claims follow one another as terms do.
    const logFolder = await ClaimedFolder.claim(folders.logDir, term, 0o644);
    const keyFolder = await ClaimedFolder.claim(folders.keyDir, term, 0o600);
    return { term, state, logFolder, keyFolder };
  });
  log.info({ term: claimed.term, size: claimed.state.size }, 'this is the sealer now');
  return { ...claimed, base, written };
}

const present = (marks: Awaited<ReturnType<typeof readMarks>>): Mark[] =>
  Object.values(marks).filter((mark) => mark !== undefined);

async function preflight(connection: Connection, folders: Folders, keys: LogKeys, log: Logger) {
  const found = await readMarks(folders, keys);
  const marks = present(found);
  const state = await connection.use(findState);
  requireNotBelow(state.size, marks);
  const { base, written } = await findBase(folders.logDir, found.published, log);
  await regrow(connection, base, state, marks);
  return { marks, base, written };
}

async function findBase(
  logDir: string,
  published: Mark | undefined,
  log: Logger,
): Promise<{ base: RightEdge; written: number }> {
  if (!published) return { base: EMPTY_EDGE, written: 0 };
  const isWhole = await isComplete(logDir, published.size);
  const base = isWhole ? await loadPublished(readFrom(logDir), published) : undefined;
  if (base) return { base, written: published.size };
  log.warn({ size: published.size }, 'published files are missing or damaged: all are written anew');
  return { base: EMPTY_EDGE, written: 0 };
}
