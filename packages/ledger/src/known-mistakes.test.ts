// SPDX-License-Identifier: AGPL-3.0-or-later
// One test for each mistake that has been seen in public code of transparency logs.
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from './bytes.ts';
import { hashLeaf, rootOf, rootOfPacked } from './merkle/hash.ts';
import { inclusionSpans } from './merkle/span.ts';
import { CheckpointMalformed, parseCheckpoint } from './notes/checkpoint.ts';
import { parseVkey, verifierKey } from './notes/key.ts';
import { parseNote } from './notes/note.ts';
import { signNote, signerOf } from './notes/sign.ts';
import { SignatureInvalid, verifySignatures } from './notes/signatures.ts';
import {
  CHECKPOINT_TEXT,
  LOG_NAME,
  LOG_VKEY,
  privateKeyOf,
  SIGNED_CHECKPOINT,
  WITNESS_NAME,
  WITNESS_VKEY,
} from './published-vectors.ts';
import { numbers } from './test-log.ts';
import { EMPTY_EDGE, growTree, rootOfEdge } from './tiles/right-edge.ts';
import { edgeTile, tilePath } from './tiles/tile.ts';

const key = parseVkey(LOG_VKEY);

describe('mistakes of others that are not made here', () => {
  it('the ID of a cosigning key is not that of the same key for plain notes', () => {
    const { publicKey } = parseVkey(WITNESS_VKEY);
    expect(verifierKey(WITNESS_NAME, 'cosignature/v1', publicKey).keyId).toBe('109b1ff7');
    expect(verifierKey(WITNESS_NAME, 'ed25519', publicKey).keyId).toBe('2ba37a75');
  });

  it('a note is split at its last blank line: text before it cannot be smuggled out of the signature', async () => {
    const smuggled = `forged\n\n${SIGNED_CHECKPOINT}`;
    expect(parseNote(smuggled).text).toBe(`forged\n\n${CHECKPOINT_TEXT}`);
    await expect(verifySignatures(parseNote(smuggled), [key])).rejects.toThrow(SignatureInvalid);
  });

  it('a key is matched by name and ID, not by name or a part of it', async () => {
    const other = signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x66));
    const longer = signerOf(`${LOG_NAME}/more`, 'ed25519', privateKeyOf(0x11));
    for (const signer of [other, longer])
      await expect(verifySignatures(parseNote(signNote(CHECKPOINT_TEXT, [signer])), [key])).rejects.toThrow(
        'no signature is by a trusted key',
      );
  });

  it('a partial tile is never hashed into the level above', () => {
    const leaves = numbers(300).map(hashLeaf);
    const { edge, tiles } = growTree(EMPTY_EDGE, leaves);
    expect(tiles.map(tilePath)).toEqual(['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1']);
    expect(edge.tiles[1]).toEqual(rootOfPacked(tiles[0]!.bytes));
    expect(rootOfEdge(edge)).toEqual(rootOf(leaves));
  });

  it('indexes above 2^32 are not cut to 32 bits', () => {
    const size = 2 ** 45 + 300;
    expect(edgeTile(0, size)).toEqual({ level: 0, index: 2 ** 37 + 1, width: 44 });
    expect(edgeTile(1, size)).toEqual({ level: 1, index: 2 ** 29, width: 1 });
    expect(edgeTile(5, size)).toEqual({ level: 5, index: 0, width: 32 });
    expect(inclusionSpans(2 ** 40, 2 ** 41)).toHaveLength(41);
  });

  it('paths have their x groups from a thousand tiles on', () => {
    expect(tilePath({ level: 'entries', index: 256_000 / 256, width: 256 })).toBe('tile/entries/x001/000');
  });

  it('base64 is not decoded leniently, as Node would', () => {
    for (const text of ['_-A=', '/+A', '/+A= ', '/+B=', '/+\nA='])
      expect([Buffer.from(text, 'base64').length, decodeBase64(text)]).toEqual([2, undefined]);
  });

  it('a size is not parsed as Number() would', () => {
    for (const size of ['1e3', ' 7', '7 ', '0x7', '', '7.0', '٧'])
      expect(() => parseCheckpoint(CHECKPOINT_TEXT.replace('\n7\n', `\n${size}\n`))).toThrow(CheckpointMalformed);
  });
});
