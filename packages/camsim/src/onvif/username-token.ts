// SPDX-License-Identifier: AGPL-3.0-or-later
// WS-UsernameToken with a password digest, as careful devices check it: a time near their own clock, and a nonce once.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../rtsp/auth.ts';
import { type Xml, text } from './soap.ts';

/** How far a token's time may be from the device's clock, either way. */
const TOKEN_LIVES_MS = 30_000;

export class TokenCheck {
  /** Nonce to the time when it may be forgotten. */
  readonly #seen = new Map<string, number>();

  /** @param now milliseconds since 1970 by the device's clock */
  proves(security: Xml | undefined, { user, password }: Credentials, now: number): boolean {
    const token = [security, 'UsernameToken'] as const;
    const [nonce, created] = [text(...token, 'Nonce') ?? '', text(...token, 'Created') ?? ''];
    const given = Buffer.from(text(...token, 'Password') ?? '', 'base64');
    const at = Date.parse(created);
    if (text(...token, 'Username') !== user || nonce === '' || !(Math.abs(now - at) <= TOKEN_LIVES_MS)) return false;
    const expected = createHash('sha1')
      .update(Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created), Buffer.from(password)]))
      .digest();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    return this.#isFirst(nonce, now);
  }

  #isFirst(nonce: string, now: number): boolean {
    for (const [old, until] of this.#seen) if (until < now) this.#seen.delete(old);
    if (this.#seen.has(nonce)) return false;
    this.#seen.set(nonce, now + 2 * TOKEN_LIVES_MS);
    return true;
  }
}
