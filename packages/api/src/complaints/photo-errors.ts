// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Language } from '@louver/civic';
import type { Problem } from '@louver/contract';

/** What photos.ts says of a photo, by how it begins after the name of the file. */
const VIETNAMESE: readonly (readonly [RegExp, string])[] = [
  [/larger than 20 MB/, 'lớn hơn 20 MB; xin gửi bản nhỏ hơn'],
  [/pixels is too large|too many pixels/, 'có quá nhiều điểm ảnh; xin gửi bản nhỏ hơn'],
  [/HEIC or AVIF/, 'là ảnh HEIC, AVIF hoặc phim; xin gửi JPEG (iPhone: Cài đặt, Camera, Định dạng, Tương thích nhất)'],
  [/a PDF/, 'là tệp PDF; xin gửi ảnh chụp của nó'],
  [/damaged/, 'bị hỏng, không mở được'],
  [/: empty/, 'rỗng'],
  [/at most (\d+) photos/, 'quá số ảnh cho phép'],
  [/not a JPEG/, 'không phải ảnh JPEG, PNG hay WebP'],
];

/** Why photos were refused, each with the name of its file, in the language of the page. */
export const photoErrors = ({ errors = [], detail }: Problem, language: Language): string => {
  const all = errors.length > 0 ? errors.map((error) => error.detail) : [detail ?? ''];
  if (language === 'en') return all.join(' · ');
  return all
    .map((text) => {
      const said = VIETNAMESE.find(([pattern]) => pattern.test(text))?.[1] ?? text;
      const name = /^([^:]+): /.exec(text)?.[1];
      return name ? `${name} ${said}` : said;
    })
    .join(' · ');
};
