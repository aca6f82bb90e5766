// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { instantsOf, RecordSearch, ViewingSearch } from './search.ts';

const now = Date.parse('2026-11-21T02:00:00+07:00');

describe('instantsOf', () => {
  it('counts today among the seven days and leaves the end open', () => {
    expect(instantsOf({}, now)).toEqual({ from: '2026-11-14T17:00:00.000Z' });
    expect(instantsOf({ range: 'today' }, now)).toEqual({ from: '2026-11-20T17:00:00.000Z' });
  });

  it('takes the whole of the last day that was chosen', () => {
    expect(instantsOf({ range: 'custom', from: '2026-11-20', to: '2026-11-20' }, now)).toEqual({
      from: '2026-11-19T17:00:00.000Z',
      to: '2026-11-20T17:00:00.000Z',
    });
  });
});

it('opens an old link although a part of it is not understood any more', () => {
  expect(ViewingSearch.parse({ range: 'decade', camera: 'no-uuid', q: ' pole ' })).toEqual({ q: 'pole' });
  expect(RecordSearch.parse({ action: 'viewing.open,viewing.imagined' }).action).toEqual(['viewing.open']);
});
