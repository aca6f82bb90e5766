// SPDX-License-Identifier: AGPL-3.0-or-later
// What a device answers, read without regard to prefixes. No document type: entities are for whoever wants our memory.
import { XMLParser } from 'fast-xml-parser';

/** Elements by their local name, attributes with an `@`; text of an element that has attributes stands under `#text`. */
export type Xml = string | readonly Xml[] | { readonly [name: string]: Xml };

export class XmlRefused extends Error {}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
});

/** @throws XmlRefused */
export function readXml(message: string): Xml {
  if (message.includes('<!')) throw new XmlRefused('a document type or comment');
  try {
    return parser.parse(message, true) as Xml;
  } catch (error) {
    throw new XmlRefused('not well-formed', { cause: error });
  }
}

/** The element at the end of a path; of several of one name the first. */
export const child = (xml: Xml | undefined, ...path: readonly string[]): Xml | undefined =>
  path.reduce<Xml | undefined>((at, name) => {
    const one = Array.isArray(at) ? (at as readonly Xml[])[0] : at;
    return typeof one === 'object' && Object.hasOwn(one, name)
      ? (one as { readonly [name: string]: Xml })[name]
      : undefined;
  }, xml);

export function children(xml: Xml | undefined, name: string): readonly Xml[] {
  const found = child(xml, name);
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly Xml[]) : [found];
}

/** Trimmed; undefined where there is no such element. */
export function text(xml: Xml | undefined, ...path: readonly string[]): string | undefined {
  const found = child(xml, ...path);
  const one = Array.isArray(found) ? (found as readonly Xml[])[0] : found;
  const plain = typeof one === 'object' ? child(one, '#text') : one;
  return typeof plain === 'string' ? plain.trim() : undefined;
}

export const escaped = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
