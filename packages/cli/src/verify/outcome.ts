// SPDX-License-Identifier: AGPL-3.0-or-later
// What a verification found, in sentences for people and as JSON for programs.
import type { EntryFacts, LogWrong, TrustedCheckpoint } from '@louver/ledger/verify';

/** What --json prints. Programs rely on it: add, never rename. */
export type Outcome =
  | ({ outcome: 'verified'; what: 'log'; entriesRead: boolean; since: { file: string; size: number } | null } & Signed)
  | ({ outcome: 'verified'; what: 'receipt'; index: number; entry: EntryFacts | null } & Signed)
  | { outcome: 'wrong'; file: string; reason: string; savedTo: string | null }
  | { outcome: 'unreachable'; reason: string };

interface Signed {
  origin: string;
  size: number;
  /** Base64. */
  root: string;
  /** Who signed the checkpoint; a witness with the time at which it did, RFC 3339. */
  signatures: { name: string; keyId: string; time?: string }[];
}

/** What is told of a checkpoint that verified. */
export const signed = ({ origin, size, root, signatures }: TrustedCheckpoint): Signed => ({
  origin,
  size,
  root: Buffer.from(root).toString('base64'),
  signatures: signatures.map(({ key: { name, keyId }, time }) => ({
    name,
    keyId,
    ...(time === undefined ? {} : { time: instant(time) }),
  })),
});

/** A witness may have any clock; Date prints years up to 275760 only. */
const instant = (seconds: number): string =>
  seconds <= 8_640_000_000_000 ? new Date(seconds * 1000).toISOString() : `second ${seconds}`;

/**
 * What is shown on a terminal and came from elsewhere: control and direction characters could make it show something else.
 */
export const harmless = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);

/** JSON that is the same to a program, and as harmless on a terminal. */
export const harmlessJson = (outcome: Outcome): string =>
  JSON.stringify(outcome).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) =>
    Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );

/** `tile/0/000 is missing`, but `checkpoint: the log shrank …`: some reasons are predicates, some are sentences. */
export function wrongSentence(file: string, { what }: LogWrong): string {
  const predicate = /^(?:is|has|does|disagrees) /.test(what);
  return harmless(predicate ? `${file} ${what}` : `${file}: ${what}`);
}

/** The lines that people read when all is well. */
export function sentences(found: Extract<Outcome, { outcome: 'verified' }>): string[] {
  const logs = found.signatures.filter(({ time }) => time === undefined);
  const witnesses = found.signatures.filter(({ time }) => time !== undefined);
  const by = logs.map(({ name, keyId }) => `${name}+${keyId}`).join(', ');
  return [
    ...(found.what === 'log' ? logSentences(found) : receiptSentences(found)),
    `  root ${found.root}`,
    `  signed by ${by}`,
    ...witnesses.map(({ name, time }) => `  witnessed by ${name} at ${time}`),
  ].map(harmless);
}

const count = (size: number): string => size.toLocaleString('en');

function logSentences({ origin, size, entriesRead, since }: Extract<Outcome, { what: 'log' }>): string[] {
  return [
    entriesRead
      ? `Verified: ${origin}, ${count(size)} entries, each one in its place under the signed root.`
      : `Verified: the tree of ${origin} over ${count(size)} entries. The entries themselves were not read.`,
    ...(since
      ? [`  continues the ${count(since.size)} entries of ${since.file}: none of them was changed or removed`]
      : []),
  ];
}

function receiptSentences({ origin, size, index, entry }: Extract<Outcome, { what: 'receipt' }>): string[] {
  const known = entry
    ? [`  it says: ${entry.at} ${entry.action}, subject ${entry.subject}, camera ${entry.camera ?? 'none'}`]
    : ['  it is not written as this version of Louver writes entries'];
  return [
    `Verified: the entry is number ${count(index)} of ${origin}, which had ${count(size)} entries then.`,
    ...known,
    ...(entry?.purpose ? [`  purpose: ${JSON.stringify(entry.purpose)}`] : []),
  ];
}
