// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { countChecks, countPlaywright, countVitest, lastLine, withItsEnd } from './count.mjs';

const vitestReport = {
  testResults: [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { fullName: 'adds', status: 'passed' },
        { fullName: 'divides', status: 'failed' },
        { fullName: 'waits', status: 'skipped' },
        { fullName: 'someday', status: 'todo' },
      ],
    },
    { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
  ],
};

it('counts a test file that could not be loaded as a failure', () => {
  expect(countVitest(vitestReport)).toEqual({
    passed: 1,
    failed: ['divides', 'broken.test.ts'],
    skipped: ['waits (skipped)', 'someday (todo)'],
  });
});

it('counts a part that ended badly although no test failed, once', () => {
  const good = { passed: 3, failed: [], skipped: [] };
  expect(withItsEnd(good, 'media', undefined)).toEqual(good);
  expect(withItsEnd(good, 'media', 'exit code 1').failed).toHaveLength(1);
  expect(withItsEnd({ ...good, failed: ['divides'] }, 'media', 'exit code 1').failed).toEqual(['divides']);
});

it('counts browser tests in nested suites, calls a flaky one failed, and gives the reason of a skipped one', () => {
  const spec = (
    /** @type {string} */ title,
    /** @type {string} */ status,
    /** @type {object[]} */ annotations = [],
  ) => ({
    title,
    tests: [{ status, annotations }],
  });
  const reason = [{ type: 'skip', description: 'needs a second screen' }];
  const report = {
    suites: [
      {
        title: 'wall.spec.ts',
        specs: [spec('opens', 'expected')],
        suites: [
          {
            title: 'on two screens',
            specs: [spec('fits', 'skipped', reason), spec('moves', 'flaky'), spec('shows', 'unexpected')],
          },
        ],
      },
    ],
    errors: [{ message: 'npm start ended with 1\nand more' }],
  };
  expect(countPlaywright(report)).toEqual({
    passed: 1,
    failed: [
      'wall.spec.ts › on two screens › moves (passed only when tried again)',
      'wall.spec.ts › on two screens › shows',
      'npm start ended with 1',
    ],
    skipped: ['wall.spec.ts › on two screens › fits (needs a second screen)'],
  });
});

it('ends with one line that says skipped only when something was', () => {
  const checks = countChecks([
    { name: 'types', problems: [] },
    { name: 'lint', problems: ['a', 'b'] },
  ]);
  expect(lastLine([checks])).toBe('1 passed, 1 failed');
  expect(lastLine([checks, countVitest(vitestReport)])).toBe('2 passed, 3 failed, 2 skipped');
});
