// SPDX-License-Identifier: AGPL-3.0-or-later

/** A sentence, or one that is made of what it is about. */
type Sentence = string | ((...about: never[]) => string);
export interface Words {
  readonly [key: string]: Sentence | Words;
}

/** The same keys, the same questions, other sentences. */
type Counterpart<W> = {
  readonly [K in keyof W]: W[K] extends string
    ? string
    : W[K] extends (...about: infer A) => string
      ? (...about: A) => string
      : Counterpart<W[K]>;
};

/** The words of a page in both languages: a sentence that one of them lacks does not compile. */
export const inBothLanguages = <const V extends Words>(
  vi: V,
  en: Counterpart<V>,
): { readonly vi: Counterpart<V>; readonly en: Counterpart<V> } => ({ vi: vi as unknown as Counterpart<V>, en });
