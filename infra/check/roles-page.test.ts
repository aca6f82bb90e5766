// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/ref/roles.md says what the contract says.
import { readFileSync } from 'node:fs';
import { ACTIONS, type Action, Role, mayDo } from '@louver/contract';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/ref/roles.md', import.meta.url), 'utf8');
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

it('shows every action with the roles that may do it', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const wanted = (Object.keys(ACTIONS) as Action[]).map((action) => [
    `\`${action}\``,
    ...Role.options.map((role) => (mayDo(role, action) ? '●' : '')),
  ]);
  expect(rows.map(cells)).toEqual(wanted);
});

it('has a column for every role, in the order of the contract', () => {
  const head = page.split('\n').find((line) => line.startsWith('| action'));
  expect(cells(head ?? '')).toEqual(['action', ...Role.options]);
});
