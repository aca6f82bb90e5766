// SPDX-License-Identifier: AGPL-3.0-or-later
// People and programs that write into the record while everything around them is killed, and remember what they were told.
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { routes, type CameraId } from '@louver/contract';
import { NOBODY, appendRecord, createPool, inTx, type Tx } from '@louver/db';
import type { Person } from '../bench/person.ts';

const LOOK_AGAIN_MS = 50;

/** A record as a worker writes one, for nobody in particular. */
const note = (tx: Tx, subject: string) =>
  appendRecord(tx, { action: 'viewing.refuse', actor: null, subject, detail: { reason: 'ticket-missing' } });

class RolledBack extends Error {}

export class Submitters {
  /** Whoever wrote these was told that they are durable. */
  readonly confirmed = new Set<string>();
  /** The line broke before anything was said: in the record once, or not at all. */
  readonly unsure = new Set<string>();
  /** Taken back on purpose: never in the record. */
  readonly rolledBack = new Set<string>();

  /** Until `signal`: `lanes` at once, some of them slow, so that numbers are given in another order than commits come. */
  async run(databaseUrl: string, lanes: number, signal: AbortSignal): Promise<void> {
    const pool = createPool(databaseUrl, { max: lanes });
    const lane = async () => {
      while (!signal.aborted) {
        const subject = randomUUID();
        const wish = randomInt(10);
        try {
          await inTx(pool, NOBODY, async (tx) => {
            await note(tx, subject);
            if (wish === 0) throw new RolledBack();
            if (wish < 3) await pause(randomInt(60));
          });
          this.confirmed.add(subject);
        } catch (error) {
          if (error instanceof RolledBack) this.rolledBack.add(subject);
          else {
            this.unsure.add(subject);
            await pause(LOOK_AGAIN_MS);
          }
        }
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await pool.end();
  }
}

export interface HandedOut {
  readonly viewingId: string;
  readonly index: number;
  readonly entry: string;
  readonly tlogProof: string;
}

/** Opens looks one after the other until `signal`, and gives what each was promised. */
export async function look(person: Person, cameraId: CameraId, signal: AbortSignal): Promise<HandedOut[]> {
  const receipts: HandedOut[] = [];
  while (!signal.aborted) {
    try {
      const opened = await person.call(routes.openViewing, { body: { cameraId, purpose: 'everything falls over' } });
      const { leafIndex, entry, tlogProof } = opened.receipt;
      receipts.push({ viewingId: opened.id, index: leafIndex, entry, tlogProof });
      await hasPicture(opened.live.url);
    } catch {
      // Refused because something is down: nothing was promised.
      await pause(LOOK_AGAIN_MS);
    }
  }
  return receipts;
}

/** Whether a look that is opened now gets a picture. */
export async function canLook(person: Person, cameraId: CameraId): Promise<boolean> {
  try {
    const opened = await person.call(routes.openViewing, { body: { cameraId, purpose: 'all is well again' } });
    return await hasPicture(opened.live.url);
  } catch {
    return false;
  }
}

/** Whether a picture began to flow. */
async function hasPicture(url: string): Promise<boolean> {
  const giveUp = new AbortController();
  const late = setTimeout(() => giveUp.abort(), 3_000);
  try {
    const answer = await fetch(url, { signal: giveUp.signal });
    if (answer.status !== 200 || !answer.body) return false;
    for await (const part of answer.body) return (part as Uint8Array).length > 0;
    return false;
  } finally {
    clearTimeout(late);
    giveUp.abort();
  }
}
