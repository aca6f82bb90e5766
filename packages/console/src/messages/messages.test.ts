// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import type { Messages } from './parity.ts';
import { vi } from './vi.ts';

function flat(tree: Messages, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  );
}
const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)[^}]*\}\}/g)].map(([, name]) => name ?? '').toSorted();

const vietnamese = new Map(flat(vi));
const english = new Map(flat(en));

describe('messages', () => {
  it('say in English whatever they say in Vietnamese, and nothing else but singulars', () => {
    const wanted = [...vietnamese.keys()].flatMap((key) =>
      key.endsWith('_other') ? [key, key.replace(/_other$/, '_one')] : [key],
    );
    expect([...english.keys()].toSorted()).toEqual(wanted.toSorted());
  });

  it('name the same facts in both languages', () => {
    const differing = [...vietnamese].filter(
      ([key, text]) => namesIn(text).join() !== namesIn(english.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('leave no sentence empty', () => {
    const empty = [...vietnamese, ...english].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });
});
