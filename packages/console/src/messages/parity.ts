// SPDX-License-Identifier: AGPL-3.0-or-later

/** A tree of sentences. Keys that end in `_other` are plurals: Vietnamese has one form, English two. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

type Widened<M> = { readonly [K in keyof M]: M[K] extends string ? string : Widened<M[K]> };

/** The same keys, and for every plural the English singular besides. */
type Counterpart<M> = {
  readonly [K in keyof M]: M[K] extends string ? string : Counterpart<M[K]>;
} & { readonly [K in keyof M as K extends `${infer Base}_other` ? `${Base}_one` : never]: string };

/** The messages of one capability in both languages: a sentence that one of them lacks does not compile. */
export const inBothLanguages = <const V extends Messages>(
  vi: V,
  en: Counterpart<V>,
): { vi: Widened<V>; en: Counterpart<V> } => ({ vi: vi as Widened<V>, en });
