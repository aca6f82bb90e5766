// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import {
  CHECKPOINT_TEXT,
  LOG_LINE,
  LOG_NAME,
  LOG_VKEY,
  privateKeyOf,
  SIGNED_CHECKPOINT,
  WITNESS_LINE,
} from '../published-vectors.ts';
import { parseVkey } from './key.ts';
import { formatNote, MAX_NOTE_BYTES, NoteMalformed, parseNote } from './note.ts';
import { signNote, signerOf } from './sign.ts';
import { SignatureInvalid, verifySignatures } from './signatures.ts';

const key = parseVkey(LOG_VKEY);
const signer = signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x11));

/** The published example of the signed-note specification. */
const EXAMPLE_VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

describe('notes', () => {
  it('are signed as published', () => {
    expect(signNote(CHECKPOINT_TEXT, [signer])).toBe(SIGNED_CHECKPOINT);
    expect(formatNote(parseNote(SIGNED_CHECKPOINT))).toBe(SIGNED_CHECKPOINT);
  });

  it('of the specification verify', async () => {
    const verified = await verifySignatures(parseNote(EXAMPLE), [parseVkey(EXAMPLE_VKEY)]);
    expect(verified.map(({ key }) => key.name)).toEqual(['example.com/foo']);
  });

  it('may hold blank lines of their own', async () => {
    const note = parseNote(signNote('a\n\n— not a signature\n\n', [signer]));
    expect(note.text).toBe('a\n\n— not a signature\n\n');
    expect(await verifySignatures(note, [key])).toHaveLength(1);
  });

  it('accept 16 signatures and more, and bound them', () => {
    expect(parseNote(`a\n\n${LOG_LINE.repeat(100)}`).signatures).toHaveLength(100);
    expect(() => parseNote(`a\n\n${LOG_LINE.repeat(101)}`)).toThrow('more than 100 signatures');
    expect(() => parseNote(`${'a'.repeat(MAX_NOTE_BYTES)}\n\n${LOG_LINE}`)).toThrow('longer than');
  });

  it.each([
    ['', 'no blank line'],
    ['a\n', 'no blank line'],
    ['a\n\n', 'no signature line'],
    [`a\n${LOG_LINE}`, 'no blank line'],
    [`a\n\n${LOG_LINE}\n`, 'no signature line'],
    [`a\n\n${LOG_LINE.slice(0, -1)}`, 'line feed'],
    [`a\r\n\n${LOG_LINE}`, 'control character 13'],
    [`a\tb\n\n${LOG_LINE}`, 'control character 9'],
    [`a\n\n${LOG_LINE.replace('—', '-')}`, 'signature line 1'],
    [`a\n\n${LOG_LINE}${LOG_LINE.replace('— ', '—  ')}`, 'signature line 2'],
    [`a\n\n${LOG_LINE.replace('access', 'acc+ess')}`, 'signature line 1'],
    [`a\n\n${LOG_LINE.replace('access', 'acc\u2003ess')}`, 'signature line 1'],
    [`a\n\n${LOG_LINE.replace('\n', ' \n')}`, 'signature line 1'],
    [`a\n\n— name AAAAAA==\n`, 'signature line 1'],
    [`a\ud800\n\n${LOG_LINE}`, 'not UTF-8'],
  ])('are refused when they are %j', (note, why) => {
    expect(() => parseNote(note)).toThrow(NoteMalformed);
    expect(() => parseNote(note)).toThrow(why);
  });

  it('are refused as bytes that are not UTF-8', () => {
    expect(() => parseNote(Buffer.concat([Buffer.of(0xff), Buffer.from(SIGNED_CHECKPOINT)]))).toThrow('not UTF-8');
  });

  it('are not signed when no reader would take them', () => {
    expect(() => signNote('no line feed', [signer])).toThrow(NoteMalformed);
    expect(() => signNote('a\rb\n', [signer])).toThrow(NoteMalformed);
    expect(() => signNote('a\n', [])).toThrow(NoteMalformed);
  });
});

describe('signatures', () => {
  it('of unknown keys are ignored, also if they share name or ID with a known one', async () => {
    const sameName = LOG_LINE.replace('csJ7h6', 'csJ7i6');
    const sameId = LOG_LINE.replace('access', 'acces');
    const note = parseNote(`${CHECKPOINT_TEXT}\n${sameName}${WITNESS_LINE}${sameId}${LOG_LINE}`);
    expect(await verifySignatures(note, [key])).toHaveLength(1);
  });

  it('of a known key that are wrong spoil the note, whatever else has signed it', async () => {
    const wrong = parseNote(signNote('other\n', [signer])).signatures;
    const { text, signatures } = parseNote(SIGNED_CHECKPOINT);
    const note = { text, signatures: [...signatures, ...wrong] };
    await expect(verifySignatures(note, [key])).rejects.toThrow(
      'the signature of log.example.org/access+72c27b87 is wrong',
    );
  });

  it('must include one of a known key', async () => {
    await expect(verifySignatures(parseNote(SIGNED_CHECKPOINT), [])).rejects.toThrow(SignatureInvalid);
    await expect(verifySignatures(parseNote(EXAMPLE), [key])).rejects.toThrow('no signature is by a trusted key');
  });

  it('of the wrong length are wrong', async () => {
    const { text, signatures } = parseNote(SIGNED_CHECKPOINT);
    const cut = signatures.map((line) => ({ ...line, signature: line.signature.subarray(1) }));
    await expect(verifySignatures({ text, signatures: cut }, [key])).rejects.toThrow(SignatureInvalid);
  });

  it('are not guessed between two trusted keys of one name and ID', async () => {
    const twin = { ...key, publicKey: new Uint8Array(32) };
    await expect(verifySignatures(parseNote(SIGNED_CHECKPOINT), [twin, key])).rejects.toThrow('two trusted keys');
  });
});
