// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AccountId, Role } from '@louver/contract';
import type { NewRecord, RecordBatcher } from '@louver/db';
import type { Logger } from 'pino';

/** One record says what a reader took in this time: a record for each bundle would grow the log by what is read of it. */
const WRITE_EVERY_MS = 5_000;

/** Who read, and with what. */
export interface Reader {
  accountId: AccountId;
  role: Role;
  jurisdiction: string | null;
  /** The id of a token, never the token; null for somebody who is signed in. */
  tokenId: string | null;
}

interface Batch {
  reader: Reader;
  from: number;
  to: number;
  count: number;
}

export interface ReadBatches {
  /** Notes that a bundle was given out. */
  add(reader: Reader, bundle: number): void;
  /** Writes what is noted. Called at a stop, so that nothing is lost by it. */
  flush(): Promise<void>;
}

export function createReadBatches(records: RecordBatcher, log: Logger): ReadBatches {
  let batches = new Map<string, Batch>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const note = (reader: Reader, { from, to, count }: Omit<Batch, 'reader'>): void => {
    const key = reader.tokenId ?? reader.accountId;
    const known = batches.get(key) ?? { reader, from, to, count: 0 };
    known.from = Math.min(known.from, from);
    known.to = Math.max(known.to, to);
    known.count += count;
    batches.set(key, known);
    timer ??= setTimeout(() => void flush(), WRITE_EVERY_MS);
  };
  const write = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const taken = [...batches.values()];
    batches = new Map();
    // Side by side: they share a transaction.
    await Promise.all(
      taken.map(({ reader, ...read }) =>
        records.append(recordOf(reader, read)).catch((error: unknown) => {
          log.error({ err: error }, "couldn't record who read the log; trying again");
          note(reader, read);
        }),
      ),
    );
  };
  const flush = (): Promise<void> => (writing = writing.then(write));
  return { add: (reader, bundle) => note(reader, { from: bundle, to: bundle, count: 1 }), flush };
}

const recordOf = (reader: Reader, { from, to, count }: Omit<Batch, 'reader'>): NewRecord => ({
  action: 'log.read',
  actor: reader,
  subject: 'log-entries',
  jurisdiction: reader.jurisdiction,
  detail: { token: reader.tokenId, firstBundle: from, lastBundle: to, bundles: count },
});
