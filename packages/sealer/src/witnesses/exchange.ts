// SPDX-License-Identifier: AGPL-3.0-or-later
// One checkpoint to one witness (C2SP tlog-witness). Whatever it answers is believed only as far as it is verified.
import {
  formatAddCheckpoint,
  LedgerError,
  mergeCosignatures,
  parseWitnessSize,
  SIZE_CONTENT_TYPE,
  type VerifierKey,
} from '@louver/ledger';
import type { SignedCheckpoint } from '../cosign.ts';

/** A hundred cosignatures fit; the rest is not read. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** The first may be due to what we do not know of the witness, the second to another request that was faster. */
const MAX_CONFLICTS = 3;

export interface Submission extends SignedCheckpoint {
  /** That the checkpoint's tree continues the one of this size. */
  readonly prove: (oldSize: number) => Promise<readonly Uint8Array[]>;
}

/**
 * `inconsistent`: the witness has cosigned a tree that ours does not continue, or a larger one. Either the log was rewritten or put
 * back to an older copy, or the witness lies: for a person to look at, now.
 */
export type Outcome =
  | { readonly kind: 'cosigned'; readonly signed: string }
  | { readonly kind: 'inconsistent' | 'failed'; readonly problem: string };

export interface Address {
  readonly url: URL;
  readonly key: VerifierKey;
}

const failed = (problem: string): Outcome => ({ kind: 'failed', problem });

/** @param oldSize what the witness has cosigned last, as far as we know; 0 at first contact */
export async function submit(to: Address, what: Submission, oldSize: number, signal: AbortSignal): Promise<Outcome> {
  let old = oldSize;
  for (let conflicts = 0; ; conflicts++) {
    const answer = await post(
      to.url,
      formatAddCheckpoint({ oldSize: old, proof: await what.prove(old), checkpoint: what.signed }),
      signal,
    );
    if (answer.status !== 409) return judge(to, what, answer);
    const size = sizeOf(answer);
    if (size === undefined) return failed('it answered 409 without a size');
    if (size > what.size)
      return {
        kind: 'inconsistent',
        problem: `it has cosigned ${size} entries, and the log has ${what.size}: was the log put back to an older copy?`,
      };
    if (size === old || conflicts >= MAX_CONFLICTS) return failed('it keeps answering 409');
    old = size;
  }
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

async function judge({ key }: Address, { signed }: Submission, { status, body }: Answer): Promise<Outcome> {
  switch (status) {
    case 200:
      try {
        return { kind: 'cosigned', signed: await mergeCosignatures(signed, body, [key]) };
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        return failed(`its cosignature is wrong: ${error.message}`);
      }
    case 422:
      return {
        kind: 'inconsistent',
        problem: `it refuses the log's tree as not continuing the one it cosigned: ${told(body)}`,
      };
    case 403:
      return failed("it does not know the log's key");
    case 404:
      return failed('it does not know the log');
    default:
      return failed(`it answered ${status}: ${told(body)}`);
  }
}

/** One line of what a stranger says, fit for a log and a page. */
const told = (body: string): string => JSON.stringify(body.slice(0, 200).trim());

function sizeOf({ type, body }: Answer): number | undefined {
  if (type.split(';')[0]!.trim() !== SIZE_CONTENT_TYPE) return undefined;
  try {
    return parseWitnessSize(body);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return undefined;
  }
}

async function post(url: URL, body: string, signal: AbortSignal): Promise<Answer> {
  // A redirect would carry our checkpoint to whom nobody configured.
  const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: await bounded(response) };
}

async function bounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels what is still on its way.
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) throw new AnswerTooLong(`it answered more than ${MAX_ANSWER_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';
}
