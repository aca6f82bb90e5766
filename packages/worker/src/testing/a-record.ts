// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries of the record at any time one likes, sealable as all are. Written by the owner: nobody else may say when something was.
import { randomBytes } from 'node:crypto';
import { encodeEntry, type EntryFacts, leafHash } from '@louver/ledger';
import type { Database } from '@louver/testkit';

type GivenRecord = Partial<Omit<EntryFacts, 'at' | 'action'>>;

/** @param at local to the city: `2026-03-01T00:00:00` */
export async function aRecord(db: Database, at: string, action: string, given: GivenRecord = {}): Promise<void> {
  const instant = new Date(`${at}+07:00`).toISOString();
  const facts: EntryFacts = {
    ...{ at: instant, action, actor: null, role: null, camera: null, purpose: null, caseReference: null },
    ...{ subject: randomBytes(4).toString('hex'), jurisdiction: 'vn.p66.hoa_sua', detail: {} },
    ...given,
  };
  const entry = encodeEntry(facts);
  await db.query(
    `INSERT INTO records (at, action, subject, camera_id, jurisdiction, case_reference, detail, entry, digest)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[instant, action, facts.subject, facts.camera, facts.jurisdiction, facts.caseReference],
      ...[JSON.stringify(facts.detail), entry, leafHash(entry).toString('hex')],
    ],
  );
}
