// SPDX-License-Identifier: AGPL-3.0-or-later
// What a photo has to pass before anybody opens it. Its kind is read from its bytes, its size from its header, before a pixel is
// decoded; people see a picture made anew, which carries nothing but the picture.
import { createHash } from 'node:crypto';
import { MAX_PHOTO_BYTES, MAX_PHOTOS, Problem, type FieldError } from '@louver/contract';
import sharp from 'sharp';
import { Turns } from './in-turn.ts';

/** 60 million: more than any phone of today takes in one picture, and what decoding it needs is bounded. */
const MAX_PIXELS = 60_000_000;
const MAX_EDGE = 20_000;
const SHOWN_EDGE = 2_048;
const DECODE_SECONDS = 20;
/** Decoding is memory: two pictures at once, whoever sends them. */
const decoding = new Turns(2, 500);
sharp.cache(false);
sharp.concurrency(1);

export interface UploadedFile {
  /** As the sender called it; it is repeated to them and kept nowhere. */
  name: string;
  bytes: Buffer;
}

export interface CheckedPhoto {
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  original: Buffer;
  /** SHA-256 (hex) of the original. */
  sha256: string;
  /** WebP, turned upright, without any metadata. */
  picture: Buffer;
  width: number;
  height: number;
}

/** @throws Problem photo-refused, with a pointer to every photo and what to do about it */
export async function checkPhotos(files: readonly UploadedFile[]): Promise<CheckedPhoto[]> {
  if (files.length > MAX_PHOTOS) refuse([fieldError(MAX_PHOTOS, `at most ${MAX_PHOTOS} photos can be sent`)]);
  const results = await Promise.all(files.map((file) => decoding.run(() => checkPhoto(file))));
  const errors = results.flatMap((result, index) => ('why' in result ? [fieldError(index, result.why)] : []));
  if (errors.length > 0) refuse(errors);
  return results.flatMap((result) => ('why' in result ? [] : [result]));
}

const fieldError = (index: number, detail: string): FieldError => ({ pointer: `/photo/${index}`, detail });

function refuse(errors: FieldError[]): never {
  throw new Problem('photo-refused', { errors });
}

type Refused = { why: string };

async function checkPhoto(file: UploadedFile): Promise<CheckedPhoto | Refused> {
  const { bytes } = file;
  const name = shortName(file.name);
  const mediaType = mediaTypeOf(bytes);
  if (bytes.length > MAX_PHOTO_BYTES) return { why: `${name}: larger than 20 MB; send a smaller copy` };
  if ('why' in mediaType) return { why: `${name}: ${mediaType.why}` };
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 } as const;
  try {
    const { width, height } = await sharp(bytes, options).metadata();
    if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_EDGE)
      return { why: `${name}: ${width} × ${height} pixels is too large; send a smaller copy` };
    const { data, info } = await sharp(bytes, options)
      .autoOrient()
      .resize({ width: SHOWN_EDGE, height: SHOWN_EDGE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 82, effort: 2 })
      .timeout({ seconds: DECODE_SECONDS })
      .toBuffer({ resolveWithObject: true });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { width: shownWidth, height: shownHeight } = info;
    return { ...mediaType, original: bytes, sha256, picture: data, width: shownWidth, height: shownHeight };
  } catch (error) {
    const tooLarge = error instanceof Error && /pixel limit/.test(error.message);
    return { why: `${name}: ${tooLarge ? 'too many pixels; send a smaller copy' : 'damaged, it cannot be opened'}` };
  }
}

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);

/** By content. What a file is called, and what its sender says it is, decide nothing. */
function mediaTypeOf(bytes: Buffer): Pick<CheckedPhoto, 'mediaType'> | Refused {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return { mediaType: 'image/jpeg' };
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return { mediaType: 'image/png' };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return { mediaType: 'image/webp' };
  if (ascii(bytes, 4, 8) === 'ftyp')
    return {
      why: 'a HEIC or AVIF picture or a film; send it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible)',
    };
  if (ascii(bytes, 0, 5) === '%PDF-')
    return { why: 'a PDF, whatever it is called; send a photo or a screenshot of it' };
  if (bytes.length === 0) return { why: 'empty' };
  return { why: 'not a JPEG, PNG or WebP picture' };
}

/** Repeated to whoever sent it, so nothing of it may be more than a name. */
const shortName = (name: string): string => {
  const plain = name
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '')
    .trim()
    .slice(-60);
  return plain === '' ? 'photo' : plain;
};
