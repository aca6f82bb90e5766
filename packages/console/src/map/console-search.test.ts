// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../app/search-params.ts';
import { ConsoleSearch, countFilters, NO_FILTERS, spotOf, textOfSpot, toggled } from './console-search.ts';
import { spotAround } from './spot-around.ts';

const read = (address: string) => ConsoleSearch.parse(parseSearch(address));

describe('the address of the console', () => {
  it('comes back as it was written', () => {
    const address = '?q=cổng chợ&state=streaming,withheld&area=vn.p66&at=12.68000,108.05000,14&view=table';
    const again = read(stringifySearch(read(address)));
    expect(again).toEqual(read(address));
    expect(again.state).toEqual(['streaming', 'withheld']);
  });

  it('stays readable: commas are not escaped', () => {
    expect(stringifySearch({ status: ['live', 'planned'], at: '1,2,3' })).toBe('?status=live,planned&at=1,2,3');
  });

  it('drops what it does not understand instead of failing', () => {
    expect(read('?state=flying,streaming&camera=1&at=here&area=../etc&view=globe')).toEqual({ state: ['streaming'] });
  });

  it('reads a place only inside the world', () => {
    expect(spotOf('12.68,108.05,14')).toEqual({ lat: 12.68, lon: 108.05, zoom: 14 });
    expect(spotOf('99,108.05,14')).toBeUndefined();
    expect(spotOf('')).toBeUndefined();
    expect(spotOf(undefined)).toBeUndefined();
    expect(textOfSpot({ lat: 12.68, lon: 108.05, zoom: 14 })).toBe('12.68000,108.05000,14');
  });

  it('counts filters, not places', () => {
    expect(countFilters({ ...NO_FILTERS, q: 'chợ', state: ['none'] })).toBe(2);
    expect(countFilters(NO_FILTERS)).toBe(0);
  });

  it('adds a value to a list, takes it away, and leaves no empty list', () => {
    expect(toggled(undefined, 'live')).toEqual(['live']);
    expect(toggled(['live', 'planned'], 'live')).toEqual(['planned']);
    expect(toggled(['live'], 'live')).toBeUndefined();
  });
});

describe('spotAround', () => {
  it('shows the whole of a large box', () => {
    const box = { west: 108, east: 108.4, south: 12.5, north: 12.9 };
    const { zoom, lon } = spotAround(box, { x: 1000, y: 800 });
    expect(lon).toBeCloseTo(108.2);
    expect(((box.east - box.west) / 360) * 256 * 2 ** zoom).toBeLessThanOrEqual(1000);
  });

  it('does not dive into a single point', () => {
    expect(spotAround({ west: 108, east: 108, south: 12, north: 12 }, { x: 1000, y: 800 }).zoom).toBe(17);
  });

  it('rather cuts the edges of what is a little too large than shows it at half its size', () => {
    const zoomOf = (degrees: number) =>
      spotAround({ west: 108, east: 108 + degrees, south: 12, north: 12.001 }, { x: 1000, y: 800 }).zoom;
    // What fills a thousand pixels at zoom 15 with the air around it.
    const fills = (0.92 * 1000 * 360) / (256 * 2 ** 15);
    expect([zoomOf(fills * 0.99), zoomOf(fills * 1.12), zoomOf(fills * 1.2)]).toEqual([15, 15, 14]);
  });
});
