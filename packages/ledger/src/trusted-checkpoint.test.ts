// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { parseVkey } from './notes/key.ts';
import { cosign, signNote, signerOf } from './notes/sign.ts';
import { SignatureInvalid } from './notes/signatures.ts';
import { parsePolicy, trustLogs } from './policy.ts';
import {
  CHECKPOINT_TEXT,
  COSIGNATURE_TIME,
  LOG_NAME,
  LOG_VKEY,
  privateKeyOf,
  SIGNED_CHECKPOINT,
  WITNESS_LINE,
  WITNESS_VKEY,
} from './published-vectors.ts';
import { mergeCosignatures, openCheckpoint, QuorumUnmet } from './trusted-checkpoint.ts';

const witnessed = parsePolicy(`log ${LOG_VKEY}\nwitness w1 ${WITNESS_VKEY}\nquorum w1\n`);
const witness = parseVkey(WITNESS_VKEY);

describe('opening a checkpoint', () => {
  it('gives what the log signed', async () => {
    const opened = await openCheckpoint(SIGNED_CHECKPOINT, trustLogs(parseVkey(LOG_VKEY)));
    expect(opened).toMatchObject({ origin: LOG_NAME, size: 7 });
  });

  it('asks for the cosignatures of the quorum', async () => {
    const opened = await openCheckpoint(`${SIGNED_CHECKPOINT}${WITNESS_LINE}`, witnessed);
    expect(opened.signatures.map(({ time }) => time)).toEqual([undefined, COSIGNATURE_TIME]);
    await expect(openCheckpoint(SIGNED_CHECKPOINT, witnessed)).rejects.toThrow(QuorumUnmet);
  });

  it('does not take a witness for the log', async () => {
    await expect(openCheckpoint(`${CHECKPOINT_TEXT}\n${WITNESS_LINE}`, witnessed)).rejects.toThrow(
      'the log has not signed',
    );
  });

  it('does not take one log for another, though both are trusted', async () => {
    const other = signerOf('other.example.org', 'ed25519', privateKeyOf(0x33));
    const policy = trustLogs(parseVkey(LOG_VKEY), other.key);
    await expect(openCheckpoint(signNote(CHECKPOINT_TEXT, [other]), policy)).rejects.toThrow(SignatureInvalid);
    const unknown = trustLogs(other.key);
    await expect(openCheckpoint(SIGNED_CHECKPOINT, unknown)).rejects.toThrow('no trusted log has the origin');
  });

  it('takes either key while the log rotates them', async () => {
    const next = signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x44));
    const both = signNote(CHECKPOINT_TEXT, [signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x11)), next]);
    for (const keys of [[parseVkey(LOG_VKEY)], [next.key], [parseVkey(LOG_VKEY), next.key]])
      expect((await openCheckpoint(both, trustLogs(...keys))).signatures).toHaveLength(keys.length);
  });
});

describe('merging cosignatures', () => {
  it('appends the lines of known witnesses and leaves out the others', async () => {
    const stranger = cosign(CHECKPOINT_TEXT, signerOf('stranger', 'cosignature/v1', privateKeyOf(0x55)), 1);
    const merged = await mergeCosignatures(SIGNED_CHECKPOINT, `${stranger}${WITNESS_LINE}${WITNESS_LINE}`, [witness]);
    expect(merged).toBe(`${SIGNED_CHECKPOINT}${WITNESS_LINE}`);
  });

  it('puts a new line in the place of the same witness’s older one', async () => {
    const newer = cosign(CHECKPOINT_TEXT, signerOf(witness.name, 'cosignature/v1', privateKeyOf(0x22)), 1_800_000_000);
    const merged = await mergeCosignatures(`${SIGNED_CHECKPOINT}${WITNESS_LINE}`, newer, [witness]);
    expect(merged).toBe(`${SIGNED_CHECKPOINT}${newer}`);
  });

  it('refuses an answer that is wrong, is of nobody known, or is no signature line', async () => {
    const forOther = cosign('other\n', signerOf(witness.name, 'cosignature/v1', privateKeyOf(0x22)), 1);
    await expect(mergeCosignatures(SIGNED_CHECKPOINT, forOther, [witness])).rejects.toThrow('is wrong');
    await expect(mergeCosignatures(SIGNED_CHECKPOINT, WITNESS_LINE, [])).rejects.toThrow(SignatureInvalid);
    await expect(mergeCosignatures(SIGNED_CHECKPOINT, '<html>\n', [witness])).rejects.toThrow('signature line 1');
    await expect(mergeCosignatures(SIGNED_CHECKPOINT, '', [witness])).rejects.toThrow('no signature line');
  });
});
