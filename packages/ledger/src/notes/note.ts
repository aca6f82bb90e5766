// SPDX-License-Identifier: AGPL-3.0-or-later
import { concatBytes, decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, toHex } from '../bytes.ts';
import { LedgerError } from '../ledger-error.ts';
import { isKeyName } from './key.ts';

/** Bounds for what strangers send: signed-note demands at least 16 signatures. */
export const MAX_NOTE_BYTES = 1_000_000;
export const MAX_SIGNATURES = 100;

/** One signature line, believed by nobody yet. */
export interface NoteSignature {
  readonly name: string;
  /** 8 lower-case hex digits. */
  readonly keyId: string;
  /** What follows the key ID: for a cosignature time and signature. */
  readonly signature: Uint8Array;
}

/** A signed note taken apart, believed by nobody yet. */
export interface Note {
  /** With its last LF; the blank line is no part of it. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The bytes are no signed note. */
export class NoteMalformed extends LedgerError {
  override readonly name = 'NoteMalformed';
}

/**
 * Takes a signed note apart; says nothing about who signed it.
 * @throws NoteMalformed
 */
export function parseNote(input: Uint8Array | string): Note {
  if (input.length > MAX_NOTE_BYTES) throw new NoteMalformed(`the note is longer than ${MAX_NOTE_BYTES} bytes`);
  const note = decodeUtf8(input);
  if (note === undefined) throw new NoteMalformed('the note is not UTF-8');
  requireNoControls(note);
  // The text may hold blank lines of its own, signatures cannot.
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) throw new NoteMalformed('the note has no blank line before its signatures');
  return { text: note.slice(0, blank + 1), signatures: parseSignatureLines(note.slice(blank + 2)) };
}

/**
 * One or more signature lines, each ending in LF: the end of a note, or what a witness answers.
 * @throws NoteMalformed
 */
export function parseSignatureLines(lines: string): NoteSignature[] {
  if (lines.length > MAX_NOTE_BYTES) throw new NoteMalformed(`the signatures are longer than ${MAX_NOTE_BYTES} bytes`);
  if (!lines.endsWith('\n')) throw new NoteMalformed('there is no signature line that ends with a line feed');
  const split = lines.slice(0, -1).split('\n');
  if (split.length > MAX_SIGNATURES) throw new NoteMalformed(`the note has more than ${MAX_SIGNATURES} signatures`);
  return split.map(parseSignatureLine);
}

function parseSignatureLine(line: string, at: number): NoteSignature {
  const [, name, encoded] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || !isKeyName(name) || bytes === undefined || bytes.length < 5)
    throw new NoteMalformed(`signature line ${at + 1} is malformed`);
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

/** `— <name> <base64 of key ID and signature>`, with its LF. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  const id = Uint8Array.from(keyId.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  return `\u2014 ${name} ${encodeBase64(concatBytes(id, signature))}\n`;
}

/** @throws NoteMalformed for a text that does not end in LF, or a note without signatures */
export function formatNote({ text, signatures }: Note): string {
  requireText(text);
  if (signatures.length === 0) throw new NoteMalformed('a note needs a signature');
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/** @throws NoteMalformed unless the text could be that of a note */
export function requireText(text: string): void {
  if (!text.endsWith('\n')) throw new NoteMalformed('the text of the note does not end in a line feed');
  if (decodeUtf8(text) === undefined) throw new NoteMalformed('the note is not UTF-8');
  requireNoControls(text);
}

/** Bytes that a signature of the note is made over. */
export const signedBytes = ({ text }: Pick<Note, 'text'>): Uint8Array => encodeUtf8(text);

function requireNoControls(text: string): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x0a)
      throw new NoteMalformed(`the note has the control character ${code} at position ${i}`);
  }
}
