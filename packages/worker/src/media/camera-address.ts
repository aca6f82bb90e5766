// SPDX-License-Identifier: AGPL-3.0-or-later
// How a camera's address reaches ffmpeg without standing on a command line, and how it is kept out of every log.
import type { StreamSource } from '@louver/contract';

export class AddressUnusable extends Error {
  constructor() {
    super('the stream address or its credentials hold signs that cannot be handed on safely');
    this.name = 'AddressUnusable';
  }
}

/** What ends a quoted word or a line of an ffconcat script. The contract refuses most of it; the worker trusts nobody. */
const UNSAFE_ADDRESS = /[\s'"\\@\p{Cc}]/u;
const UNSAFE_SECRET = /\p{Cc}/u;

/** encodeURIComponent leaves !'()* alone, and an apostrophe would end the quoted word. */
const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** @throws AddressUnusable */
function addressWithCredentials({ url, username, password }: StreamSource): string {
  const found = /^(rtsps?):\/\/(.+)$/.exec(url);
  if (!found || UNSAFE_ADDRESS.test(url) || UNSAFE_SECRET.test(username ?? '') || UNSAFE_SECRET.test(password ?? ''))
    throw new AddressUnusable();
  const user = username === null ? '' : `${percent(username)}${password === null ? '' : `:${percent(password)}`}@`;
  return `${found[1]}://${user}${found[2]}`;
}

const CONNECT_TIMEOUT_US = 5_000_000;

/**
 * An ffconcat script for ffmpeg's standard input: neither arguments nor environment of a process are private.
 * @throws AddressUnusable
 */
export const ingestScript = (source: StreamSource): string =>
  [
    'ffconcat version 1.0',
    `file '${addressWithCredentials(source)}'`,
    'option rtsp_transport tcp',
    // Without it a camera that falls silent keeps the process for ever.
    `option timeout ${CONNECT_TIMEOUT_US}`,
    'option allowed_media_types video',
    // Nobody needs the frame rate here, and measuring it would cost twenty frames before the first one comes out.
    'option fpsprobesize 0',
    'option probesize 500000',
    'option analyzeduration 100000',
    '',
  ].join('\n');

/** A function that takes the address and the secrets of this camera, and any other stream address, out of a text. */
export function redactor({ url, username, password }: StreamSource): (text: string) => string {
  const host = /^rtsps?:\/\/([^/?#]+)/.exec(url)?.[1] ?? '';
  const secrets = [
    url,
    password,
    password && percent(password),
    username,
    username && percent(username),
    host,
    host.replace(/:\d+$/, ''),
  ]
    .filter((secret): secret is string => Boolean(secret))
    .toSorted((a, b) => b.length - a.length);
  return (text) =>
    secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text.replace(/rtsps?:\/\/\S+/gi, 'rtsp://…'));
}
