// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { stopEvidenceOf } from './stop-evidence.ts';

const evidence = { version: 3, output: 'live', luma: 80, chroma: null };

it('reads what a sample said of a stopped picture', () => {
  expect(stopEvidenceOf({ kind: 'masks-not-flat', evidence })).toEqual(evidence);
});

it('takes nothing else for it', () => {
  expect(stopEvidenceOf({ kind: 'home-exposed', evidence })).toBeUndefined();
  expect(stopEvidenceOf({ kind: 'masks-not-flat', evidence: { ...evidence, output: 'wall' } })).toBeUndefined();
});
