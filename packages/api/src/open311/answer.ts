// SPDX-License-Identifier: AGPL-3.0-or-later
// How GeoReport v2 writes things down: one value, as XML with the wrappers of the specification, or as JSON whose root is the
// list itself.
import type { Response } from 'express';

type Value = string | number | boolean | null | undefined;
export interface Item {
  [name: string]: Value | Item | (Value | Item)[];
}
export type Format = 'xml' | 'json';

/** Names of the XML elements: of the whole, and of one in a list. */
export interface Shape {
  root: string;
  /** What the entries of a list are called, by the name of the list; the root's own by its name. */
  of: { [list: string]: string };
}

// oxlint-disable-next-line eslint/no-control-regex -- what XML 1.0 cannot say is what is looked for
const UNSAYABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const ENTITIES: { [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escaped = (value: Value): string =>
  value === null || value === undefined
    ? ''
    : String(value)
        .replaceAll(UNSAYABLE, '')
        .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);

const element = (name: string, inner: string): string => (inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`);

function inside(name: string, value: Value | Item | (Value | Item)[], shape: Shape): string {
  if (Array.isArray(value))
    return value.map((entry) => element(shape.of[name] ?? name, inside('', entry, shape))).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, inner]) => element(key, inside(key, inner, shape)))
      .join('');
  return escaped(value);
}

const toXml = (value: Item | Item[], shape: Shape): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${element(shape.root, inside(shape.root, value, shape))}\n`;

export function answer(response: Response, status: number, format: Format, value: Item | Item[], shape: Shape): void {
  response.status(status).set('Cache-Control', 'no-store');
  if (format === 'json') response.type('application/json; charset=utf-8').send(JSON.stringify(value));
  else response.type('text/xml; charset=utf-8').send(toXml(value, shape));
}

/** What GeoReport answers instead: a list of code and description. */
export class Open311Error extends Error {
  readonly status: 400 | 403 | 404;

  constructor(status: 400 | 403 | 404, description: string) {
    super(description);
    this.status = status;
  }
}

export const answerError = (response: Response, format: Format, status: number, description: string): void =>
  answer(response, status, format, [{ code: status, description }], { root: 'errors', of: { errors: 'error' } });
