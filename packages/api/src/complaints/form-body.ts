// SPDX-License-Identifier: AGPL-3.0-or-later
// A form with files, read before a transaction begins: whoever sends slowly holds no connection of the database.
import { MAX_PHOTO_BYTES, MAX_PHOTOS, Problem } from '@louver/contract';
import busboy from 'busboy';
import type { Request } from 'express';
import { Turns } from './in-turn.ts';
import type { UploadedFile } from './photos.ts';

/** All photos of one form together: what one request may hold in memory. */
const MAX_FORM_BYTES = 64 * 1024 * 1024;
/** Of a page, files that are thrown away included: six photos of the largest size, and as much again. */
const MAX_PAGE_BYTES = 2 * MAX_PHOTOS * MAX_PHOTO_BYTES;
const MAX_FIELD_BYTES = 64 * 1024;
const MAX_FIELDS = 40;
const MAX_PARTS = 200;
/** Forms with photos that are read at once. */
const reading = new Turns(4, 200);

export interface Form {
  /** The last value of each name. */
  fields: Map<string, string>;
  photos: UploadedFile[];
}

/** The form of a page: what is wrong with its files is said beside them, and costs nobody what they wrote. */
export interface PageForm extends Form {
  /** body-too-large or photo-refused. Then there are no photos. */
  refused: Problem | undefined;
}

/**
 * multipart/form-data or application/x-www-form-urlencoded. Empty files are what a browser sends for a field left empty.
 * @throws Problem media-type-unknown, body-too-large, request-invalid, photo-refused
 */
export const readForm = async (request: Request): Promise<Form> => {
  requireForm(request);
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM_BYTES) throw tooLarge();
  const { refused, ...form } = await inTurn(request, true);
  if (refused) throw refused;
  return form;
};

/**
 * The same for a page: read to its end although its files are too many or too large, which are then thrown away as they come.
 * A field that is too long is cut, and still too long for whoever looks at it.
 * @throws Problem media-type-unknown, request-invalid; body-too-large when nobody could have meant it
 */
export const readPageForm = (request: Request): Promise<PageForm> => {
  requireForm(request);
  if (Number(request.headers['content-length'] ?? 0) > MAX_PAGE_BYTES) throw tooLarge();
  return inTurn(request, false);
};

const typeOf = (request: Request) => request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();

function requireForm(request: Request): void {
  const type = typeOf(request);
  if (type !== 'multipart/form-data' && type !== 'application/x-www-form-urlencoded')
    throw new Problem('media-type-unknown', { detail: 'expected multipart/form-data' });
}

const inTurn = (request: Request, strict: boolean): Promise<PageForm> =>
  typeOf(request) === 'multipart/form-data' ? reading.run(() => parse(request, strict)) : parse(request, strict);

const tooLarge = () =>
  new Problem('body-too-large', { detail: `all photos together may have ${MAX_FORM_BYTES / 1024 / 1024} MB` });
const tooMany = () =>
  new Problem('photo-refused', {
    errors: [{ pointer: '/photo', detail: `at most ${MAX_PHOTOS} photos can be sent` }],
  });
const invalid = (detail: string) => new Problem('request-invalid', { errors: [{ pointer: '', detail }] });

const LIMITS = {
  fileSize: MAX_PHOTO_BYTES + 1,
  files: MAX_PHOTOS,
  fields: MAX_FIELDS,
  fieldSize: MAX_FIELD_BYTES,
};

/** @param strict the first thing that is wrong ends the reading; else what is wrong with files does not */
function parse(request: Request, strict: boolean): Promise<PageForm> {
  return new Promise((resolve, reject) => {
    const form: PageForm = { fields: new Map(), photos: [], refused: undefined };
    const parser = parserOf(request, strict);
    if (!parser) {
      reject(invalid('the form is malformed'));
      return;
    }
    const fail = (problem: Problem) => {
      request.unpipe(parser);
      request.resume();
      reject(problem);
    };
    const refuse = (problem: Problem) => {
      form.refused ??= problem;
      form.photos = [];
      if (strict) fail(problem);
    };
    parser.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated && strict) fail(invalid(`${name} is too long`));
      form.fields.set(name, value);
    });
    keepFiles(parser, form, refuse);
    parser.on('filesLimit', () => refuse(tooMany()));
    for (const limit of ['fieldsLimit', 'partsLimit'] as const)
      parser.on(limit, () => fail(invalid('too many fields')));
    parser.on('error', () => fail(invalid('the form is malformed')));
    parser.on('close', () => resolve(form));
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_PAGE_BYTES) fail(tooLarge());
    });
    request.once('aborted', () => reject(invalid('the form was cut short')));
    request.pipe(parser);
  });
}

function parserOf(request: Request, strict: boolean): busboy.Busboy | undefined {
  // A page's form may carry more files than are taken: they are parts as well.
  const parts = strict ? MAX_FIELDS + MAX_PHOTOS : MAX_PARTS;
  try {
    return busboy({ headers: request.headers, limits: { ...LIMITS, parts }, defParamCharset: 'utf8' });
  } catch {
    return undefined;
  }
}

/** In memory, as much as one form may hold; of a form that is refused nothing. */
function keepFiles(parser: busboy.Busboy, form: PageForm, refuse: (problem: Problem) => void): void {
  let bytes = 0;
  parser.on('file', (_field, stream, { filename }) => {
    let chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_FORM_BYTES) refuse(tooLarge());
      if (form.refused) chunks = [];
      else chunks.push(chunk);
    });
    stream.on('end', () => {
      const file = { name: filename ?? '', bytes: Buffer.concat(chunks) };
      if (!form.refused && (file.bytes.length > 0 || file.name !== '')) form.photos.push(file);
    });
  });
}
