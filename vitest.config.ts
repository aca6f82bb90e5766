// SPDX-License-Identifier: AGPL-3.0-or-later
// Three kinds of tests, told apart by the suffix: what a test needs decides how many may run at once on two cores. Time limits are
// for what hangs: a machine that is busy with something else is no reason to fail.
import { defaultExclude, defineConfig } from 'vitest/config';

const DATABASE = '**/*.db.test.{ts,mjs}';
const MEDIA = '**/*.media.test.{ts,mjs}';
/** Packages find each other's source, so a test never runs against a stale build. */
const fromSource = {
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  ssr: {
    resolve: { conditions: ['source', 'module', 'node', 'development|production'], externalConditions: ['source'] },
  },
};
const roots = ['packages', 'infra'];
const within = (...patterns: string[]) => roots.flatMap((root) => patterns.map((pattern) => `${root}/${pattern}`));
const exclude = [...defaultExclude, 'e2e/**', '**/dist/**', '**/dist-types/**'];
const servers = ['./infra/test/servers.setup.mjs'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        ...fromSource,
        test: {
          name: 'pure',
          include: within('**/*.test.{ts,tsx,mjs}'),
          exclude: [...exclude, DATABASE, MEDIA],
          testTimeout: 60_000,
        },
      },
      {
        ...fromSource,
        test: {
          name: 'db',
          include: within(DATABASE),
          exclude,
          globalSetup: servers,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...fromSource,
        test: {
          name: 'media',
          include: within(MEDIA),
          exclude,
          globalSetup: servers,
          // Each of these runs ffmpeg and measures time: side by side they would measure one another.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
