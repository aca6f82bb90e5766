// SPDX-License-Identifier: AGPL-3.0-or-later
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** What the last seed planted: digests, so that a start which changes nothing does nothing. */
export const DemoState = z.object({
  streamingCodes: z.array(z.string()),
  seededAt: z.string(),
  city: z.string(),
  streams: z.string(),
});
export type DemoState = z.infer<typeof DemoState>;

/** Undefined also when it was written by another version: then everything is looked at again. */
export async function findDemoState(tx: Tx): Promise<DemoState | undefined> {
  const row = await tx.maybeOne(z.object({ value: z.unknown() }), sql`SELECT value FROM settings WHERE key = 'demo'`);
  return DemoState.safeParse(row?.value).data;
}

export const putDemoState = (tx: Tx, state: DemoState) =>
  tx.run(sql`
    INSERT INTO settings (key, value) VALUES ('demo', ${JSON.stringify(state)}::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value
  `);

/** What the demo's province is called; its wards come in with their boundaries. */
export const nameCountryAndProvince = (tx: Tx) =>
  tx.run(sql`
    INSERT INTO jurisdictions (path, kind, name, name_en, code)
    VALUES ('vn', 'country', 'Việt Nam', 'Viet Nam', NULL), ('vn.p66', 'province', 'Tỉnh Đắk Lắk', 'Dak Lak', '66')
    ON CONFLICT (path) DO NOTHING
  `);

export const countCameras = (tx: Tx, codes: readonly string[]) =>
  tx.one(
    z.object({ there: z.number(), streaming: z.number() }),
    sql`
      SELECT count(*)::integer AS there, count(s.camera_id)::integer AS streaming
      FROM cameras c LEFT JOIN camera_streams s ON s.camera_id = c.id WHERE c.code = ANY(${codes}::text[])
    `,
  );

/** What the demo's operators declare to the public, where nobody has declared anything. */
export const declareDetails = (tx: Tx) =>
  tx.run(sql`
    UPDATE cameras c
    SET storage_country = 'VN',
        contact = 'Bộ phận tiếp công dân, ' || j.name || ' · tiepdan@louver.example',
        capabilities = array_remove(ARRAY[
          CASE WHEN c.mobility = 'ptz' THEN 'zoom' END,
          CASE WHEN c.mobility IN ('ptz', 'dome') THEN 'infrared' END,
          CASE WHEN c.has_audio THEN 'microphone' END,
          CASE WHEN c.host_premises = 'traffic-gantry' THEN 'number-plates' END,
          CASE WHEN c.has_biometrics THEN 'face-recognition' END], NULL)
    FROM jurisdictions j
    WHERE j.path = c.jurisdiction AND c.contact IS NULL AND c.storage_country IS NULL
  `);
