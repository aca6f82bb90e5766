// SPDX-License-Identifier: AGPL-3.0-or-later
// A form with files, read before a transaction begins: whoever sends slowly holds no connection of the database.
import { MAX_PHOTO_BYTES, MAX_PHOTOS, Problem } from '@louver/contract';
import busboy from 'busboy';
import type { Request } from 'express';
import { Turns } from './in-turn.ts';
import type { UploadedFile } from './photos.ts';

/** All photos of one form together: what one request may hold in memory. */
const MAX_FORM_BYTES = 64 * 1024 * 1024;
const MAX_FIELD_BYTES = 64 * 1024;
const MAX_FIELDS = 40;
/** Forms with photos that are read at once. */
const reading = new Turns(4, 200);

export interface Form {
  /** The last value of each name. */
  fields: Map<string, string>;
  photos: UploadedFile[];
}

/**
 * multipart/form-data or application/x-www-form-urlencoded. Empty files are what a browser sends for a field left empty.
 * @throws Problem media-type-unknown, body-too-large, request-invalid, photo-refused
 */
export const readForm = (request: Request): Promise<Form> => {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'multipart/form-data' && type !== 'application/x-www-form-urlencoded')
    throw new Problem('media-type-unknown', { detail: 'expected multipart/form-data' });
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM_BYTES) throw tooLarge();
  return type === 'multipart/form-data' ? reading.run(() => parse(request)) : parse(request);
};

const tooLarge = () =>
  new Problem('body-too-large', { detail: `all photos together may have ${MAX_FORM_BYTES / 1024 / 1024} MB` });
const invalid = (detail: string) => new Problem('request-invalid', { errors: [{ pointer: '', detail }] });

function parse(request: Request): Promise<Form> {
  const limits = {
    fileSize: MAX_PHOTO_BYTES + 1,
    files: MAX_PHOTOS,
    fields: MAX_FIELDS,
    fieldSize: MAX_FIELD_BYTES,
    parts: MAX_FIELDS + MAX_PHOTOS,
  };
  return new Promise((resolve, reject) => {
    const form: Form = { fields: new Map(), photos: [] };
    let bytes = 0;
    const parser = (() => {
      try {
        return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
      } catch {
        reject(invalid('the form is malformed'));
        return undefined;
      }
    })();
    if (!parser) return;
    const fail = (problem: Problem) => {
      request.unpipe(parser);
      request.resume();
      reject(problem);
    };
    parser.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) fail(invalid(`${name} is too long`));
      form.fields.set(name, value);
    });
    parser.on('file', (_field, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_FORM_BYTES) fail(tooLarge());
        else chunks.push(chunk);
      });
      stream.on('end', () => {
        const file = { name: filename ?? '', bytes: Buffer.concat(chunks) };
        if (file.bytes.length > 0 || file.name !== '') form.photos.push(file);
      });
    });
    parser.on('filesLimit', () =>
      fail(
        new Problem('photo-refused', {
          errors: [{ pointer: '/photo', detail: `at most ${MAX_PHOTOS} photos can be sent` }],
        }),
      ),
    );
    for (const limit of ['fieldsLimit', 'partsLimit'] as const)
      parser.on(limit, () => fail(invalid('too many fields')));
    parser.on('error', () => fail(invalid('the form is malformed')));
    parser.on('close', () => resolve(form));
    request.once('aborted', () => reject(invalid('the form was cut short')));
    request.pipe(parser);
  });
}
