// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { shared } from './sign.ts';

it('gives every row of a sign what it wants, and takes from the highest only when there is too little', () => {
  expect(shared([50, 60, 70], 400)).toEqual([50, 60, 70]);
  expect(shared([50, 60, 300], 200)).toEqual([50, 60, 90]);
});
