// SPDX-License-Identifier: AGPL-3.0-or-later
// Each rule is shown what it forbids, beside what it allows: a rule that never fires is worse than none.
import { describe, expect, it } from 'vitest';
import { boundaries } from './boundaries.mjs';
import { migrationRules } from './migrations.mjs';
import { foreignPlaces, honestTests, lengths, licenceHeaders, sqlInQueries } from './text-rules.mjs';

const file = (/** @type {string} */ path, /** @type {string} */ text) => ({ path, text });
const count = (/** @type {{ problems: string[] }} */ { problems }) => problems.length;

describe('boundaries', () => {
  it.each([
    ['packages/contract/src/a.ts', "import pg from 'pg';"],
    ['packages/sightline/src/a.ts', "import { z } from 'zod';"],
    ['packages/api/src/a/b.ts', "import type { X } from '../../../worker/src/x.ts';"],
    ['packages/worker/src/a.ts', "const api = await import('@louver/api');"],
    ['packages/console/src/a.tsx', "export { sql } from '@louver/db';"],
    ['packages/console/src/a.tsx', "import { readFile } from 'node:fs';"],
    ['packages/console/src/a.tsx', "import { signNote } from '@louver/ledger';"],
    ['packages/console/src/a.tsx', "import { signNote } from '@louver/ledger/verify/sign';"],
    ['packages/ledger/src/a.ts', "import { Entry } from '@louver/contract';"],
    ['packages/api/src/a.ts', "import { useDatabase } from '@louver/testkit';"],
    ['packages/api/src/a.ts', "import { aThing } from './b.test.ts';"],
    ['packages/api/src/cameras/rule.ts', "import { find } from '../masks/queries.ts';"],
    ['packages/api/src/a.ts', "import { aThing } from './testing/things.ts';"],
    ['packages/contract/src/a.ts', "import {\n  a,\n  b,\n} from 'express';"],
  ])('refuses in %s: %s', (path, text) => {
    expect(count(boundaries([file(path, text)]))).toBe(1);
  });

  it.each([
    ['packages/contract/src/a.ts', "import { z } from 'zod'; import { b } from './b.ts';"],
    ['packages/contract/src/a.ts', "// copied from 'express'\nconst roles = { 'account.import': ['x'] };"],
    [
      'packages/api/src/cameras/routes.ts',
      "import { find } from './queries.ts'; import { rule } from '../masks/rule.ts';",
    ],
    ['packages/api/src/a.db.test.ts', "import { useDatabase } from '@louver/testkit'; import { it } from 'vitest';"],
    [
      'packages/api/src/testing/use-api.ts',
      "import { useDatabase } from '@louver/testkit'; import { it } from 'vitest';",
    ],
    ['packages/worker/src/worker.ts', "import { claim } from './media/queries.ts';"],
    ['packages/console/src/map/Map.tsx', "import { useCameras } from '../cameras/queries.ts';"],
    ['packages/console/src/record/look.ts', "import { verifyLog } from '@louver/ledger/verify';"],
    ['packages/testkit/src/a.ts', "import { afterAll } from 'vitest';"],
  ])('allows in %s: %s', (path, text) => {
    expect(boundaries([file(path, text)])).toEqual({ problems: [], seen: 1 });
  });
});

describe('migrations', () => {
  const path = 'packages/db/migrations/20261121T0903_cameras__create.sql';
  const header = '-- SPDX-License-Identifier: AGPL-3.0-or-later\n-- Where every camera is, and who answers for it.\n';

  it.each([
    'CREATE TABLE t (place geometry);',
    'CREATE TABLE t (place geometry(Point));',
    'CREATE TABLE t (at timestamp);',
    'CREATE TABLE t (at timestamp without time zone);',
    'CREATE TABLE t (n integer CHECK (n > 0));',
    'CREATE TABLE t (code text UNIQUE);',
    'CREATE TABLE t (a int, b int, UNIQUE (a, b));',
  ])('refuses %s', (statement) => {
    expect(count(migrationRules([file(path, header + statement)]))).toBe(1);
  });

  it.each([
    'CREATE TABLE t (place geometry(Point, 4326), at timestamptz);',
    'CREATE TABLE t (n integer CONSTRAINT n_positive CHECK (n > 0), CONSTRAINT n_taken UNIQUE (n));',
    'CREATE UNIQUE INDEX one ON t (n); CREATE POLICY p ON t WITH CHECK (true);',
    "SELECT place::geography, 'CHECK ( is only text'; -- so is UNIQUE",
  ])('allows %s', (statement) => {
    expect(migrationRules([file(path, header + statement)])).toEqual({ problems: [], seen: 1 });
  });

  it('wants a telling name and a reason', () => {
    expect(count(migrationRules([file('packages/db/migrations/001_cameras.sql', header)]))).toBe(1);
    expect(count(migrationRules([file(path, 'CREATE TABLE t ();\n')]))).toBe(1);
  });
});

describe('text rules', () => {
  it('want the licence in the first line, or in the second after #!', () => {
    const line = 'SPDX-License-Identifier: AGPL-3.0-or-later';
    const good = [
      file('a.ts', `// ${line}\n`),
      file('b.sql', `-- ${line}\n`),
      file('.ci/run', `#!/bin/sh\n# ${line}\n`),
    ];
    expect(licenceHeaders(good)).toEqual({ problems: [], seen: 3 });
    expect(count(licenceHeaders([file('a.css', 'body {}'), file('b.ts', `\n// ${line}`)]))).toBe(2);
  });

  it('let tests be longer than source, and neither endless', () => {
    const of = (/** @type {number} */ lines) => 'x\n'.repeat(lines);
    expect(lengths([file('a.ts', of(400)), file('a.test.ts', of(600)), file('a.sql', of(9000))])).toEqual({
      problems: [],
      seen: 2,
    });
    expect(count(lengths([file('a.tsx', of(401)), file('a.db.test.ts', of(601))]))).toBe(2);
  });

  it('find paths and registries of one machine', () => {
    const [home, registry] = [
      ['', 'home', 'anna', 'louver'].join('/'),
      ['https:/', 'registry.example', 'npm'].join('/'),
    ];
    expect(count(foreignPlaces([file('a.md', `see ${home}`), file('b.json', `"resolved": "${registry}"`)]))).toBe(2);
    const fine = 'docs/work/plan.md, https://example.org/zod, ~/docs/louver';
    expect(foreignPlaces([file('a.md', fine)])).toEqual({ problems: [], seen: 1 });
  });

  it('find tests that are focused, promised, or skipped without a condition', () => {
    // In pieces, so that this file isn't a finding itself.
    const [only, todo, skip, fixme] = ['it only', 'test todo', 'describe skip', 'test fixme'].map((words) =>
      words.replace(' ', '.'),
    );
    const bad = `${only}('a', f);\n${todo}('b');\n${skip}('c', f);\n${fixme}('d', f);\n`;
    expect(count(honestTests([file('a.test.ts', bad)]))).toBe(4);
    expect(count(honestTests([file('e2e/specs/a.spec.ts', bad)]))).toBe(4);
    expect(
      honestTests([
        file('a.test.ts', `${'test skip'.replace(' ', '.')}(isOld, 'needs a new one'); it.skipIf(isOld)('e', f);`),
      ]),
    ).toEqual({
      problems: [],
      seen: 1,
    });
  });

  it('find SQL outside the query modules', () => {
    const [tagged, direct] = ['const q = sql`SELECT 1`;', "await client.query('SELECT 1');"];
    const bad = [file('packages/api/src/masks/rule.ts', tagged), file('packages/worker/src/media/store.ts', direct)];
    expect(count(sqlInQueries(bad))).toBe(2);
    const fragment = "const inBox = sql`location && ${box}`; await client.query('LISTEN outbox');";
    const good = [
      file('packages/api/src/masks/queries.ts', tagged),
      file('packages/db/src/outbox.ts', tagged),
      file('packages/api/src/cameras/filter.ts', fragment),
    ];
    expect(sqlInQueries(good)).toEqual({ problems: [], seen: 3 });
  });
});
