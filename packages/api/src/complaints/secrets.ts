// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a complaint the database must not know: codes are there as MACs, names and original photos sealed. All keys come of
// one file, so that a copy of the database alone opens no case and names nobody.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { withCheckDigit } from '@louver/contract';
import { canonicalJson } from '@louver/ledger';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CODES = 10n ** 15n;
const FILE_OPEN_MS = 30 * 60_000;

export interface CitizenSecrets {
  /** 16 digits that follow from a form and what was written in it: sent again, the same form gets the same code. */
  codeOf(formKey: string, content: unknown): string;
  codeMac(code: string): Buffer;
  formMac(formKey: string): Buffer;
  /** `what` is authenticated with it: a value moved to another row does not open. */
  seal(what: string, plain: Uint8Array): Buffer;
  /** @throws Error when it was altered, is another row's, or was sealed with another key */
  open(what: string, sealed: Uint8Array): Buffer;
  /** An address for one file of one case that opens for half an hour. */
  fileToken(file: FileAddress, now: Date): string;
  /** Undefined when it was not made here or its time is over. */
  readFileToken(token: string, now: Date): FileAddress | undefined;
}

interface FileAddress {
  complaintId: string;
  fileId: string;
}

/** @param key 32 random bytes, `keys/citizens.key` */
export function citizenSecrets(key: Uint8Array): CitizenSecrets {
  const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', key, 'louver', `citizens ${purpose} v1`, 32));
  const [codes, newCodes, forms, sealing, files] = ['codes', 'new codes', 'forms', 'sealing', 'files'].map(derived) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const mac = (secret: Buffer, text: string) => createHmac('sha256', secret).update(text).digest();
  return {
    codeOf(formKey, content) {
      const bits = mac(newCodes, `${formKey}\n${canonicalJson(content as never)}`);
      const digits = (BigInt(`0x${bits.toString('hex')}`) % CODES).toString().padStart(15, '0');
      return withCheckDigit(digits);
    },
    codeMac: (code) => mac(codes, code),
    formMac: (formKey) => mac(forms, formKey),
    seal: (what, plain) => seal(sealing, what, plain),
    open: (what, sealed) => open(sealing, what, sealed),
    fileToken({ complaintId, fileId }, now) {
      const body = `${complaintId}.${fileId}.${now.getTime() + FILE_OPEN_MS}`;
      return `${body}.${mac(files, body).toString('base64url')}`;
    },
    readFileToken(token, now) {
      const [complaintId = '', fileId = '', until = '', given = ''] = token.split('.');
      const wanted = mac(files, `${complaintId}.${fileId}.${until}`);
      const shown = Buffer.from(given, 'base64url');
      if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) return undefined;
      return Number(until) > now.getTime() ? { complaintId, fileId } : undefined;
    },
  };
}

function seal(key: Buffer, what: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(what));
  return Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, what: string, sealed: Uint8Array): Buffer {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new Error('not sealed here');
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(what));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
