// SPDX-License-Identifier: AGPL-3.0-or-later
// SOAP 1.2 as far as a camera speaks it: requests are read without regard to prefixes, answers are written by hand.
import { XMLParser } from 'fast-xml-parser';

/** Elements by their local name, attributes with an `@`; text of an element that has attributes stands under `#text`. */
export type Xml = string | readonly Xml[] | { readonly [name: string]: Xml };

export interface SoapRequest {
  /** Local name of the element in the body. */
  readonly operation: string;
  readonly body: Xml;
  readonly security: Xml | undefined;
}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
});

/** The child of that name, or the first of several. */
export function child(xml: Xml | undefined, ...path: readonly string[]): Xml | undefined {
  return path.reduce<Xml | undefined>((at, name) => {
    const one = Array.isArray(at) ? (at as readonly Xml[])[0] : at;
    return typeof one === 'object' ? (one as { readonly [name: string]: Xml })[name] : undefined;
  }, xml);
}

/** All children of that name. */
export function children(xml: Xml | undefined, name: string): readonly Xml[] {
  const found = child(xml, name);
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly Xml[]) : [found];
}

/** Text of the element at the end of a path, trimmed; undefined where there is none. */
export function text(xml: Xml | undefined, ...path: readonly string[]): string | undefined {
  const found = child(xml, ...path);
  const plain = typeof found === 'object' ? child(found, '#text') : found;
  return typeof plain === 'string' ? plain.trim() : undefined;
}

/** Undefined when it is no SOAP request. */
export function readRequest(message: string): SoapRequest | undefined {
  let parsed: Xml;
  try {
    parsed = parser.parse(message) as Xml;
  } catch {
    return undefined;
  }
  const body = child(parsed, 'Envelope', 'Body');
  if (typeof body !== 'object') return undefined;
  const operation = Object.keys(body).find((name) => !name.startsWith('@'));
  if (!operation) return undefined;
  return { operation, body: child(body, operation) ?? '', security: child(parsed, 'Envelope', 'Header', 'Security') };
}

export const escaped = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const NAMESPACES =
  'xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema" ' +
  'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tr2="http://www.onvif.org/ver20/media/wsdl" ' +
  'xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl" xmlns:ter="http://www.onvif.org/ver10/error"';

export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><env:Envelope ${NAMESPACES}><env:Body>${body}</env:Body></env:Envelope>`;

/** What the device answers instead: subcodes as ONVIF Core, 5.8.2. */
export class SoapFault extends Error {
  readonly code: 'Sender' | 'Receiver';
  readonly subcodes: readonly string[];

  constructor(code: 'Sender' | 'Receiver', subcodes: readonly string[], reason: string) {
    super(reason);
    this.name = 'SoapFault';
    this.code = code;
    this.subcodes = subcodes;
  }

  get status(): number {
    return this.subcodes[0] === 'NotAuthorized' ? 401 : this.code === 'Sender' ? 400 : 500;
  }

  toXml(): string {
    const subcode = this.subcodes.reduceRight(
      (inner, name) => `<env:Subcode><env:Value>ter:${name}</env:Value>${inner}</env:Subcode>`,
      '',
    );
    return envelope(
      `<env:Fault><env:Code><env:Value>env:${this.code}</env:Value>${subcode}</env:Code>` +
        `<env:Reason><env:Text xml:lang="en">${escaped(this.message)}</env:Text></env:Reason></env:Fault>`,
    );
  }
}
