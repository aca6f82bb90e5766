// SPDX-License-Identifier: AGPL-3.0-or-later
// A worker has none of the page's fonts, so the labels' are loaded again, from the same files.
import latin500 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-500-normal.woff2?url';
import latin600 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-600-normal.woff2?url';
import vietnamese500 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-500-normal.woff2?url';
import vietnamese600 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-600-normal.woff2?url';

const VIETNAMESE =
  'U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, U+0300-0301, U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB';

const FACES = [
  [latin500, '500'],
  [latin600, '600'],
  [vietnamese500, '500', VIETNAMESE],
  [vietnamese600, '600', VIETNAMESE],
] as const;

/** Returns in any case: a name in another font is better than none. */
export async function loadLabelFonts(): Promise<void> {
  const fonts = (globalThis as unknown as { fonts?: FontFaceSet }).fonts;
  await Promise.allSettled(
    FACES.map(async ([file, weight, unicodeRange]) => {
      const face = new FontFace('Be Vietnam Pro', `url(${file})`, {
        weight,
        ...(unicodeRange === undefined ? {} : { unicodeRange }),
      });
      fonts?.add(await face.load());
    }),
  );
}
