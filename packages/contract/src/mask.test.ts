// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { MaskProposal, MasksInForce } from './mask.ts';

const frame = { width: 1280, height: 720 };
const crossing = [
  [0, 0],
  [1, 1],
  [1, 0],
  [0, 1],
];

it('an outline that crosses itself is refused where it is proposed, and not looked for again where it is shown', () => {
  const proposal = { polygons: [crossing], frame, basedOnVersion: 0, reason: 'windows' };
  expect(MaskProposal.safeParse(proposal).success).toBe(false);
  const shown = { aimId: '7f1f2a3e-6c1b-4c57-9d0e-0b8f5a3c2d10', version: 1, frame };
  expect(MasksInForce.safeParse({ ...shown, polygons: [crossing] }).success).toBe(true);
  for (const polygons of [[[[0, 0]]], [[...crossing, [2, 0]]], [[...crossing, [0]]]])
    expect(MasksInForce.safeParse({ ...shown, polygons }).success).toBe(false);
});
