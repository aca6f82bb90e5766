// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionPath, PublicDetails, type CameraId } from '@louver/contract';
import { sql, type Sql, type Tx } from '@louver/db';

const Details = PublicDetails.extend({ jurisdiction: JurisdictionPath });

const details = (id: CameraId): Sql => sql`
  SELECT capabilities, contact, storage_country AS "storageCountry", jurisdiction::text AS jurisdiction
  FROM cameras WHERE id = ${id}`;

export const findDetails = (tx: Tx, id: CameraId) => tx.maybeOne(Details, details(id));

/** Locks the row, so that the before-image in the record is the one that was changed. */
export const lockDetails = (tx: Tx, id: CameraId) => tx.maybeOne(Details, sql`${details(id)} FOR UPDATE`);

export const updateDetails = (tx: Tx, id: CameraId, { capabilities, contact, storageCountry }: PublicDetails) =>
  tx.run(sql`
    UPDATE cameras SET capabilities = ${capabilities}::text[], contact = ${contact}, storage_country = ${storageCountry},
                       updated_at = now()
    WHERE id = ${id}
  `);
