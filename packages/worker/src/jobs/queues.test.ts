// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { requireProcessors } from './queues.ts';

const nothing = async () => undefined;

it('does not start with a job in the contract that nobody here takes', () => {
  expect(() => requireProcessors({ 'stream.run': nothing })).toThrow(
    'no processor for stream.probe, viewing.sweep, exposure.measure, exposure.sweep, mask.sweep, deadline.sweep, figures.sweep',
  );
});

it('starts when every job has its processor', () => {
  const all = {
    'stream.run': nothing,
    'stream.probe': nothing,
    'viewing.sweep': nothing,
    'exposure.measure': nothing,
    'exposure.sweep': nothing,
    'deadline.sweep': nothing,
    'figures.sweep': nothing,
    'mask.sweep': nothing,
  };
  expect(requireProcessors(all)).toBe(all);
});
