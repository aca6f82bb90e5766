// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, timingSafeEqual } from 'node:crypto';

export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** Accept Basic as well as Digest. Default false, as careful cameras ship. */
  readonly basic?: boolean;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function digestFields(header: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = '', quoted, bare] of header.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/g)) {
    fields.set(name.toLowerCase(), quoted ?? bare ?? '');
  }
  return fields;
}

/** Whether an Authorization header proves the credentials (RFC 2617 Digest without qop, or Basic where allowed). */
export function isAuthorised(
  header: string | undefined,
  method: string,
  challenge: { realm: string; nonce: string },
  { user, password, basic = false }: Credentials,
): boolean {
  if (!header) return false;
  if (/^basic /i.test(header)) {
    return basic && same(Buffer.from(header.slice(6).trim(), 'base64').toString(), `${user}:${password}`);
  }
  if (!/^digest /i.test(header)) return false;
  const fields = digestFields(header.slice(7));
  if (fields.get('nonce') !== challenge.nonce || fields.get('username') !== user) return false;
  const expected = md5(
    `${md5(`${user}:${challenge.realm}:${password}`)}:${challenge.nonce}:${md5(`${method}:${fields.get('uri') ?? ''}`)}`,
  );
  return same(fields.get('response') ?? '', expected);
}

/** WWW-Authenticate headers to answer a 401 with. */
export const challenges = (realm: string, nonce: string, { basic = false }: Credentials): string[] => [
  `Digest realm="${realm}", nonce="${nonce}"`,
  ...(basic ? [`Basic realm="${realm}"`] : []),
];
