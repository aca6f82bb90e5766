// SPDX-License-Identifier: AGPL-3.0-or-later
import { lensFolds } from '@louver/contract';
import { projector } from '@louver/sightline';
import { expect, it } from 'vitest';

const AIM = { position: { lon: 0, lat: 0, height: 5 }, heading: 0, tilt: 0, roll: 0, range: 50 };
const KS = Array.from({ length: 18 }, (_, i) => i * 0.23 - 2);
const FRAMES = [
  { width: 1920, height: 1080 },
  { width: 480, height: 640 },
];

it('every lens that the contract takes can be measured, and none that it refuses', () => {
  const lenses = [20, 60, 90, 120, 150].flatMap((hfov) =>
    FRAMES.flatMap((image) => KS.flatMap((k1) => KS.map((k2) => ({ ...AIM, hfov, image, k1, k2 })))),
  );
  const [folding, fine] = [lenses.filter(lensFolds), lenses.filter((lens) => !lensFolds(lens))];
  expect(Math.min(folding.length, fine.length)).toBeGreaterThan(200);
  for (const lens of folding) expect(() => projector(lens)).toThrow(RangeError);
  for (const lens of fine) projector(lens);
});
