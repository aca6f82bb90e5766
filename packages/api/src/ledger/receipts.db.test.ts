// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogStatus, redisKeys } from '@louver/contract';
import { leafHash, parseReceipt, parseVkey, peekCheckpoint, trustLogs, verifyReceipt } from '@louver/ledger';
import { aCamera, aMaskSet } from '@louver/testkit';
import { describe, expect, it } from 'vitest';
import { SOON } from '../testing/soon.ts';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const policy = () => trustLogs(parseVkey(api.sealer.vkey));

async function aLook() {
  const camera = await aCamera(api.owner);
  await aMaskSet(api.owner, camera);
  const operator = await api.as('operator');
  const { body } = await operator.agent
    .post('/api/v1/viewings')
    .send({ cameraId: camera.cameraId, purpose: 'traffic jam' })
    .expect(201);
  const receipt = body.receipt as { seq: string; digest: string; leafIndex: number; entry: string; tlogProof: string };
  return { ...camera, operator, viewingId: body.id as string, receipt };
}

describe('the receipt of a look', () => {
  it('is proof that it is in the log, to whoever has the verifier key and nothing else', async () => {
    const { receipt, viewingId, operator, cameraId } = await aLook();
    const proof = parseReceipt(receipt.tlogProof);
    expect(proof.index).toBe(receipt.leafIndex);
    const leaf = leafHash(Buffer.from(receipt.entry, 'utf8'));
    expect(leaf.toString('hex')).toBe(receipt.digest);
    expect((await verifyReceipt(proof, leaf, policy())).size).toBeGreaterThan(receipt.leafIndex);
    expect(JSON.parse(receipt.entry)).toMatchObject({
      action: 'viewing.open',
      subject: viewingId,
      camera: cameraId,
      actor: operator.accountId,
      purpose: 'traffic jam',
    });
  });

  it('comes to many who look at the same time, each with a place of its own', async () => {
    const camera = await aCamera(api.owner);
    await aMaskSet(api.owner, camera);
    const { agent } = await api.as('operator');
    const look = () => agent.post('/api/v1/viewings').send({ cameraId: camera.cameraId, purpose: 'traffic jam' });
    const answers = await Promise.all(Array.from({ length: 20 }, look));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const places = answers.map(({ body }) => body.receipt.leafIndex as number);
    expect(new Set(places).size).toBe(answers.length);
    for (const { body } of answers) {
      const { tlogProof, digest } = body.receipt as Record<'tlogProof' | 'digest', string>;
      await verifyReceipt(parseReceipt(tlogProof), Buffer.from(digest, 'hex'), policy());
    }
  });
});

describe('GET /records/:seq/receipt', () => {
  it('gives an auditor the proof of any record, which stands on the record', async () => {
    const { receipt } = await aLook();
    const auditor = await api.as('auditor');
    const path = `/api/v1/records/${receipt.seq}/receipt`;
    const answer = await auditor.agent.get(path).expect(200);
    expect(answer.type).toBe('text/plain');
    expect(answer.headers['content-disposition']).toBeUndefined();
    const proof = parseReceipt(answer.text);
    expect(proof.index).toBe(receipt.leafIndex);
    await verifyReceipt(proof, Buffer.from(receipt.digest, 'hex'), policy());
    expect(await api.recordsOf(`record:${receipt.seq}`)).toMatchObject([
      { action: 'record.read', account_id: auditor.accountId, jurisdiction: 'vn.p66.hoa_sua' },
    ]);
  });

  it('is a file where one is asked for', async () => {
    const { receipt } = await aLook();
    const { agent } = await api.as('auditor');
    const { headers } = await agent.get(`/api/v1/records/${receipt.seq}/receipt?download=1`).expect(200);
    expect(headers['content-disposition']).toBe(`attachment; filename=louver-record-${receipt.seq}.tlog-proof`);
  });

  it('hides records of elsewhere, and knows of none that never was', async () => {
    const { receipt } = await aLook();
    const { agent } = await api.as('auditor', { jurisdictions: ['vn.p66.ben_gio'] });
    for (const seq of [receipt.seq, '999999999999999999']) {
      const answer = await agent.get(`/api/v1/records/${seq}/receipt`).expect(404);
      expect(answer.body.slug).toBe('record-not-found');
      expect(await api.recordsOf(`record:${seq}`)).toEqual([]);
    }
  });

  it.each(['x', '-1', '1e3', '9'.repeat(19), '%20'])('knows no record %s', async (seq) => {
    const { agent } = await api.as('auditor');
    expect((await agent.get(`/api/v1/records/${seq}/receipt`)).body.slug).toBe('request-invalid');
  });

  it('is for auditors', async () => {
    const { receipt, operator } = await aLook();
    const path = `/api/v1/records/${receipt.seq}/receipt`;
    expect((await operator.agent.get(path)).status).toBe(403);
    expect((await api.anybody.get(path)).status).toBe(401);
  });
});

describe('GET /log', () => {
  it('says to anybody how the log is doing', async () => {
    await aLook();
    const said = async () => LogStatus.parse((await api.anybody.get('/api/v1/log').expect(200)).body);
    await expect.poll(async () => (await said()).health, SOON).not.toBeNull();
    const { health, vkeys, checkpoint } = await said();
    expect(vkeys).toEqual([api.sealer.vkey]);
    expect(health).toMatchObject({ origin: 'test.louver.example/log', witnesses: [] });
    const { origin, size, root } = peekCheckpoint(await readFile(join(api.sealer.logDir, 'checkpoint'), 'utf8'));
    expect(checkpoint).toMatchObject({ origin, size, root: Buffer.from(root).toString('base64') });
    expect(checkpoint!.ageSeconds).toBeLessThan(60);
  });

  it('says that a row is not what was sealed, until it is again, and so do the metrics', async () => {
    const { receipt } = await aLook();
    const rewrite = (purpose: string) =>
      api.owner.query(
        `ALTER TABLE records DISABLE TRIGGER USER; UPDATE records SET purpose = ${purpose} WHERE seq = ${receipt.seq};
         ALTER TABLE records ENABLE TRIGGER USER`,
      );
    const altered = async () => {
      await api.sealer.sealer.sweepNow();
      return LogStatus.parse((await api.anybody.get('/api/v1/log')).body).health?.altered;
    };
    const metrics = async () => (await api.anybody.get('/metrics')).text;
    await rewrite(`'something else'`);
    await expect.poll(altered, SOON).toMatchObject([{ seq: receipt.seq, what: 'columns', parts: ['purpose'] }]);
    expect(await metrics()).toContain('louver_records_altered 1\n');
    await rewrite(`convert_from(entry, 'UTF8')::jsonb ->> 'purpose'`);
    await expect.poll(altered, SOON).toEqual([]);
    expect(await metrics()).toContain('louver_records_altered 0\n');
  });
});

// Last, because the sealer does not come back.
describe('without the sealer', () => {
  it('what is sealed is still proved, what is not is not, and readiness says why', async () => {
    const { receipt } = await aLook();
    const auditor = await api.as('auditor');
    const ready = async () => (await api.anybody.get('/readyz')).body.checks.log as string;
    await expect.poll(ready, SOON).toBe('ok');
    await api.sealer.sealer.stop();
    await auditor.agent.get(`/api/v1/records/${receipt.seq}/receipt`).expect(200);
    const [unsealed] = await api.recordsOf(`record:${receipt.seq}`);
    const answer = await auditor.agent.get(`/api/v1/records/${String(unsealed!['seq'])}/receipt`).expect(503);
    expect(answer.body.slug).toBe('record-not-sealed');

    // Eleven seconds later, as Redis sees it.
    await api.deps.redis.pexpire(redisKeys.logHealth, 19_000);
    expect(await ready()).toBe('the sealer is away');
    await api.deps.redis.pexpire(redisKeys.logHealth, 30_000);
    expect(await ready()).toBe('ok');
    const late =
      "INSERT INTO records (at, action, subject, detail, entry, digest) VALUES (now() - interval '11 s', 'x', 'x', '{}', '', $1)";
    await api.owner.query('ALTER TABLE records DISABLE TRIGGER USER');
    await api.owner.query('DELETE FROM records WHERE seq NOT IN (SELECT record_seq FROM record_leaves)');
    await api.owner.query('ALTER TABLE records ENABLE TRIGGER USER');
    // The leaf hash of an empty entry.
    await api.owner.query(late, ['6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d']);
    expect(await ready()).toBe('records wait to be sealed');
  });

  it('a proof that does not verify is not handed out, and one is again when the tile is repaired', async () => {
    const auditor = await api.as('auditor');
    const { rows } = await api.owner.query<{ seq: string }>(
      'SELECT record_seq::text AS seq FROM record_leaves LIMIT 1',
    );
    const path = `/api/v1/records/${rows[0]!.seq}/receipt`;
    const folder = join(api.sealer.logDir, 'tile/0/000.p');
    const names = await readdir(folder);
    const tiles = await Promise.all(names.map((name) => readFile(join(folder, name))));
    for (const [i, name] of names.entries())
      await writeFile(
        join(folder, name),
        tiles[i]!.map((byte) => byte ^ 1),
      );
    api.deps.ledger.files.forget();
    expect((await auditor.agent.get(path)).body.slug).toBe('record-not-sealed');
    expect(api.log.join('')).toContain('what the log publishes does not verify');
    for (const [i, name] of names.entries()) await writeFile(join(folder, name), tiles[i]!);
    await auditor.agent.get(path).expect(200);

    const checkpoint = join(api.sealer.logDir, 'checkpoint');
    const signed = await readFile(checkpoint, 'utf8');
    await writeFile(
      checkpoint,
      signed.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`),
    );
    expect((await auditor.agent.get(path)).body.slug).toBe('record-not-sealed');
    expect((await api.anybody.get('/readyz')).body.checks.log).toContain('not one that a picture may rest on');
    await writeFile(checkpoint, signed);
  });
});
