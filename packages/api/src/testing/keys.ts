// SPDX-License-Identifier: AGPL-3.0-or-later
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Keys } from '../config.ts';

export function testKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const [session, credentials, citizens] = [randomBytes(32).toString('base64'), randomBytes(32), randomBytes(32)];
  return { ticketPrivate: privateKey, ticketPublic: publicKey, session, credentials, citizens };
}
