// SPDX-License-Identifier: AGPL-3.0-or-later
import { Action } from '@louver/contract';
import { expect, it } from 'vitest';
import { actionWords } from './action-words.ts';

const flat = (words: Record<string, Record<string, string>>) =>
  Object.entries(words).flatMap(([noun, verbs]) => Object.keys(verbs).map((verb) => `${noun}.${verb}`));

it.each(['vi', 'en'] as const)('has words for exactly the actions that the record knows (%s)', (language) => {
  expect(flat(actionWords[language]).sort()).toEqual([...Action.options].sort());
});
