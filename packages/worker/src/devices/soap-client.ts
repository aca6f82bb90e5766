// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks a device over SOAP. It is asked at the address that somebody has registered and nowhere else: of what it says about
// its own services only the paths are taken, redirects are not followed, and its answers are bounded.
import { createHash, randomBytes } from 'node:crypto';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { DeviceAccess } from '@louver/contract';
import { type Xml, XmlRefused, children, escaped, readXml, child, text } from './xml.ts';

/** `refused`: user name or password. `unsupported`: it does not know what it was asked for, or says so in other words. */
export type DeviceTrouble = 'unreachable' | 'refused' | 'unsupported';

export class DeviceFailed extends Error {
  readonly trouble: DeviceTrouble;

  constructor(trouble: DeviceTrouble, message: string) {
    super(message);
    this.name = 'DeviceFailed';
    this.trouble = trouble;
  }
}

const NAMESPACES = {
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media2: 'http://www.onvif.org/ver20/media/wsdl',
  ptz: 'http://www.onvif.org/ver20/ptz/wsdl',
} as const;
type Service = keyof typeof NAMESPACES;
/** Found out from the device service, whose address somebody has registered. */
const OTHERS = ['media2', 'ptz'] as const;

const SECURITY = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const MAX_ANSWER = 256 * 1024;
const WITHIN_MS = 4_000;

export class DeviceClient {
  readonly #access: DeviceAccess;
  readonly #withinMs: number;
  readonly #stop: AbortSignal;
  #paths: Map<Service, string> | undefined;
  /** The device's clock, ahead of ours: a proof of who asks is valid for seconds only. */
  #aheadMs = 0;

  /** @param stop no question outlives it */
  constructor(access: DeviceAccess, stop: AbortSignal, withinMs: number = WITHIN_MS) {
    this.#access = access;
    this.#stop = stop;
    this.#withinMs = withinMs;
  }

  /**
   * @param operation local name of what is asked; `inner` what stands in it, with the prefixes `s:` (the service's own) and `tt:`
   * @returns the answer's element
   * @throws DeviceFailed
   */
  async ask(service: Service, operation: string, inner = ''): Promise<Xml> {
    const paths = (this.#paths ??= await this.#discover());
    const path = paths.get(service);
    if (path === undefined) throw new DeviceFailed('unsupported', `the device has no ${service} service`);
    return this.#post(service, path, operation, inner, true);
  }

  async #discover(): Promise<Map<Service, string>> {
    const own = new URL(this.#access.url).pathname;
    const told = await this.#post('device', own, 'GetSystemDateAndTime', '', false);
    const ahead = clockOf(told) - Date.now();
    if (Number.isFinite(ahead)) this.#aheadMs = ahead;
    const found = await this.#post(
      'device',
      own,
      'GetServices',
      '<s:IncludeCapability>false</s:IncludeCapability>',
      true,
    );
    const paths = new Map<Service, string>([['device', own]]);
    for (const each of children(found, 'Service')) {
      const [namespace, address] = [text(each, 'Namespace'), text(each, 'XAddr') ?? ''];
      const service = OTHERS.find((other) => NAMESPACES[other] === namespace);
      if (service && URL.canParse(address)) paths.set(service, new URL(address).pathname);
    }
    return paths;
  }

  async #post(service: Service, path: string, operation: string, inner: string, signed: boolean): Promise<Xml> {
    const message =
      '<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" ' +
      `xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:s="${NAMESPACES[service]}">` +
      `<e:Header>${signed ? this.#proof() : ''}</e:Header>` +
      `<e:Body><s:${operation}>${inner}</s:${operation}></e:Body></e:Envelope>`;
    const { status, body } = await this.#send(path, message);
    return resultOf(operation, status, body);
  }

  /** WS-UsernameToken: SHA-1 over nonce, time and password, as ONVIF wants it. */
  #proof(): string {
    const { username, password } = this.#access;
    const [nonce, created] = [randomBytes(16), new Date(Date.now() + this.#aheadMs).toISOString()];
    const digest = createHash('sha1')
      .update(Buffer.concat([nonce, Buffer.from(created), Buffer.from(password)]))
      .digest('base64');
    return (
      `<w:Security xmlns:w="${SECURITY}-wssecurity-secext-1.0.xsd" xmlns:u="${SECURITY}-wssecurity-utility-1.0.xsd" ` +
      `e:mustUnderstand="true"><w:UsernameToken><w:Username>${escaped(username)}</w:Username>` +
      `<w:Password Type="${SECURITY}-username-token-profile-1.0#PasswordDigest">${digest}</w:Password>` +
      `<w:Nonce EncodingType="${SECURITY}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</w:Nonce>` +
      `<u:Created>${created}</u:Created></w:UsernameToken></w:Security>`
    );
  }

  #send(path: string, message: string): Promise<{ status: number; body: string }> {
    const { protocol, hostname, port } = new URL(this.#access.url);
    const send = protocol === 'https:' ? tlsRequest : plainRequest;
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(limit);
        this.#stop.removeEventListener('abort', stop);
      };
      const fail = (error: Error) => {
        end();
        reject(new DeviceFailed('unreachable', error.message));
      };
      const asked = send(
        {
          ...{ hostname: hostname.replace(/^\[|\]$/g, ''), port: port || undefined, path, method: 'POST' },
          headers: {
            'content-type': 'application/soap+xml; charset=utf-8',
            'content-length': Buffer.byteLength(message),
          },
          // Cameras have certificates that nobody signed; the password does not go over the line.
          rejectUnauthorized: false,
          agent: false,
        },
        (answer) => {
          bodyOf(answer).then((body) => {
            end();
            resolve({ status: answer.statusCode ?? 0, body });
          }, fail);
        },
      );
      asked.on('error', fail);
      // A timer of our own: a time limit within AbortSignal.any is collected as garbage before it is over (Node 20), and a device
      // that hangs would be waited for, and not doubted, for ever.
      const limit = setTimeout(() => asked.destroy(new Error('the device takes too long')), this.#withinMs);
      const stop = () => asked.destroy(new Error('nobody wants to know any more'));
      this.#stop.addEventListener('abort', stop);
      if (this.#stop.aborted) stop();
      asked.end(message);
    });
  }
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_ANSWER) throw new Error('the device answers with too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** @throws DeviceFailed */
function resultOf(operation: string, status: number, body: string): Xml {
  let envelope: Xml;
  try {
    envelope = readXml(body);
  } catch (error) {
    if (status === 401 || status === 403) throw new DeviceFailed('refused', `the device answers ${status}`);
    if (!(error instanceof XmlRefused)) throw error;
    throw new DeviceFailed('unsupported', `the device answers ${status} and no SOAP`);
  }
  const content = child(envelope, 'Envelope', 'Body');
  const found = child(content, `${operation}Response`);
  if (status === 200 && found !== undefined) return found;
  const fault = child(content, 'Fault');
  const subcode = text(fault, 'Code', 'Subcode', 'Value') ?? '';
  if (status === 401 || status === 403 || subcode.endsWith('NotAuthorized'))
    throw new DeviceFailed('refused', `the device refuses ${operation}`);
  const reason = text(fault, 'Reason', 'Text')?.slice(0, 200) ?? '';
  throw new DeviceFailed('unsupported', `the device answers ${status} to ${operation}: ${reason}`);
}

/** Milliseconds since 1970; NaN when the device does not know. */
function clockOf(told: Xml): number {
  const utc = child(told, 'SystemDateAndTime', 'UTCDateTime');
  const [date, time] = [child(utc, 'Date'), child(utc, 'Time')];
  const number = (of: Xml | undefined, name: string) => Number(text(of, name) ?? Number.NaN);
  return Date.UTC(
    number(date, 'Year'),
    number(date, 'Month') - 1,
    number(date, 'Day'),
    number(time, 'Hour'),
    number(time, 'Minute'),
    number(time, 'Second'),
  );
}
