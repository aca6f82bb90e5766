// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  appendRecord,
  appendRecords,
  createPool,
  inTx,
  type NewRecord,
  NOBODY,
  type Pool,
  RecordBatcher,
  sql,
} from '@louver/db';
import { decodeEntry, EntryTooLarge, leafHash } from '@louver/ledger';
import { useDatabase } from '@louver/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const database = useDatabase();
let pool: Pool;
beforeAll(() => {
  pool = createPool(database.workerUrl);
});
afterAll(() => pool.end());

const aRecord = (subject: string, more: Partial<NewRecord> = {}): NewRecord => ({
  action: 'viewing.refuse',
  actor: null,
  subject,
  ...more,
});
const Row = z.object({
  seq: z.string(),
  subject: z.string(),
  purpose: z.string().nullable(),
  jurisdiction: z.string().nullable(),
  detail: z.unknown(),
  entry: z.instanceof(Buffer),
  digest: z.string(),
});
const stored = () =>
  inTx(pool, NOBODY, (tx) =>
    tx.many(
      Row,
      sql`SELECT seq, subject, purpose, jurisdiction::text, detail, entry, digest FROM records ORDER BY seq`,
    ),
  );

describe('records appended together', () => {
  it('stand in their order, with a receipt for each, also with every sign that a text may hold', async () => {
    const texts = ['plain', 'a "quoted" \\ back, {brace} NULL', 'Trần Hưng Đạo 🏠', '', "it's", 'NULL'];
    const records = texts.map((text, i) =>
      aRecord(`s${i}`, {
        purpose: text,
        jurisdiction: i % 2 ? 'vn.p66' : null,
        detail: { text, n: i, deep: { x: [] } },
      }),
    );
    const receipts = await inTx(pool, NOBODY, (tx) => appendRecords(tx, records));
    const rows = await stored();
    expect(rows.map(({ seq, digest }) => ({ seq, digest }))).toEqual(receipts);
    for (const [i, row] of rows.entries()) {
      const { subject, purpose, jurisdiction, detail } = decodeEntry(row.entry);
      expect(row).toMatchObject({ subject, purpose, jurisdiction, detail });
      expect(row).toMatchObject({ purpose: texts[i], digest: leafHash(row.entry).toString('hex') });
    }
  });

  it('are none when there are none, and none when one of them does not fit', async () => {
    const before = (await stored()).length;
    expect(await inTx(pool, NOBODY, (tx) => appendRecords(tx, []))).toEqual([]);
    const long = aRecord('long', { purpose: 'x'.repeat(70_000) });
    await expect(inTx(pool, NOBODY, (tx) => appendRecords(tx, [aRecord('a'), long]))).rejects.toThrow(EntryTooLarge);
    expect(await stored()).toHaveLength(before);
  });
});

describe('the batcher', () => {
  it('gives everybody the receipt of the record that is theirs, and shares transactions', async () => {
    const batcher = new RecordBatcher(pool);
    const before = (await stored()).length;
    const receipts = await Promise.all(Array.from({ length: 500 }, (_, i) => batcher.append(aRecord(`b${i}`))));
    const rows = (await stored()).slice(before);
    for (const [i, { seq, digest }] of receipts.entries())
      expect(rows.find((row) => row.seq === seq)).toMatchObject({ subject: `b${i}`, digest });
    const counted = await inTx(pool, NOBODY, (tx) =>
      tx.one(
        z.object({ n: z.number() }),
        sql`SELECT count(DISTINCT xmin::text)::int AS n FROM records WHERE subject LIKE 'b%'`,
      ),
    );
    expect(counted.n).toBeLessThan(5);
    expect(batcher.waiting).toBe(0);
  });

  it('lets a record that the database refuses fail alone', async () => {
    const batcher = new RecordBatcher(pool);
    const records = Array.from({ length: 9 }, (_, i) =>
      aRecord(`r${i}`, i === 4 ? { jurisdiction: 'not a path!' } : {}),
    );
    const results = await Promise.allSettled(records.map((record) => batcher.append(record)));
    expect(results.map(({ status }) => status === 'rejected')).toEqual(records.map((_, i) => i === 4));
    expect((await stored()).filter(({ subject }) => subject.startsWith('r'))).toHaveLength(8);
  });

  it('refuses what is too large before it joins others, and everything when it is closed', async () => {
    const batcher = new RecordBatcher(pool);
    const [good, long] = [
      batcher.append(aRecord('good')),
      batcher.append(aRecord('long', { purpose: 'x'.repeat(70_000) })),
    ];
    await expect(long).rejects.toThrow(EntryTooLarge);
    await batcher.close();
    expect(await good).toMatchObject({ digest: expect.any(String) });
    await expect(batcher.append(aRecord('late'))).rejects.toThrow('closed');
  });

  it('takes no more than fit while the database is away, and takes them again afterwards', async () => {
    const gone = createPool('postgres://nobody@127.0.0.1:1/none', { connectionTimeoutMillis: 500 });
    const batcher = new RecordBatcher(gone);
    const waiting = Promise.allSettled(Array.from({ length: 32_768 }, () => batcher.append(aRecord('w'))));
    await expect(batcher.append(aRecord('one too many'))).rejects.toThrow('too many records wait');
    await waiting;
    await expect(batcher.append(aRecord('again'))).rejects.toThrow('ECONNREFUSED');
    await gone.end();
  });

  it('tells everybody of a batch whose database is gone', async () => {
    const gone = createPool('postgres://nobody@127.0.0.1:1/none', { connectionTimeoutMillis: 500 });
    const batcher = new RecordBatcher(gone);
    const results = await Promise.allSettled([batcher.append(aRecord('a')), batcher.append(aRecord('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await gone.end();
  });
});

describe('the log in the database', () => {
  const as = async (url: string, text: string): Promise<pg.QueryResult> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  };

  it.each([
    'INSERT INTO record_leaves VALUES (0, 1)',
    'UPDATE log_state SET term = 9',
    "INSERT INTO records (xact) VALUES ('1')",
  ])('is not for the application: %s', async (statement) => {
    for (const url of [database.apiUrl, database.workerUrl])
      await expect(as(url, statement)).rejects.toThrow(/permission denied/);
  });

  it.each(['UPDATE records SET purpose = NULL', 'SELECT 1 FROM accounts', 'INSERT INTO records (subject) VALUES (1)'])(
    'is all that the sealer gets: %s is not for it',
    async (statement) => {
      await expect(as(database.sealerUrl, statement)).rejects.toThrow(/permission denied/);
    },
  );

  it('only grows, for its owner too', async () => {
    await inTx(pool, NOBODY, (tx) => appendRecord(tx, aRecord('sealed')));
    await as(database.sealerUrl, 'INSERT INTO record_leaves SELECT 0, min(seq) FROM records');
    await as(database.sealerUrl, `UPDATE log_state SET size = 1, root = repeat('a', 64)`);
    for (const statement of [
      'DELETE FROM record_leaves',
      'UPDATE record_leaves SET leaf_index = 1',
      'TRUNCATE record_leaves',
      'DELETE FROM log_state',
      'TRUNCATE log_state',
      'UPDATE log_state SET size = 0',
      `UPDATE log_state SET root = repeat('b', 64)`,
      'UPDATE log_state SET term = -1',
    ])
      await expect(as(database.ownerUrl, statement), statement).rejects.toThrow(/only grows/);
    await expect(
      as(database.ownerUrl, 'INSERT INTO log_state (term, size, root) SELECT term, size, root FROM log_state'),
    ).rejects.toThrow(/log_state_pkey/);
    await expect(as(database.sealerUrl, 'INSERT INTO record_leaves SELECT 1, min(seq) FROM records')).rejects.toThrow(
      /record_sealed_once/,
    );
  });
});
