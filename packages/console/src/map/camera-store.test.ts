// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, columnsOf, JurisdictionPath, type CameraColumnsRow } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { CameraStore } from './camera-store.ts';
import { NO_FILTERS } from './console-search.ts';

let made = 0;
const aCamera = (given: Partial<CameraColumnsRow> = {}): CameraColumnsRow => ({
  id: CameraId.parse(`00000000-0000-4000-8000-${(++made).toString(16).padStart(12, '0')}`),
  lon: 108.05,
  lat: 12.68,
  headingDeg: 90,
  hfovDeg: 60,
  rangeMetres: 40,
  jurisdiction: JurisdictionPath.parse('vn.p66.hoa_sua'),
  status: 'live',
  mobility: 'fixed',
  publication: 'shown',
  streamState: 'reachable',
  ...given,
});
const storeOf = (...rows: CameraColumnsRow[]) => new CameraStore(columnsOf(rows));
const everywhere = [-180, -85, 180, 85] as const;

describe('CameraStore', () => {
  it('shows what the filters let through, all of them together', () => {
    const store = storeOf(
      aCamera({ streamState: 'streaming' }),
      aCamera({ streamState: 'streaming', mobility: 'ptz' }),
      aCamera(),
    );
    store.filter({ ...NO_FILTERS, state: ['streaming'], mobility: ['ptz'] });
    expect(store.visibleCount).toBe(1);
    expect(store.countIn(...everywhere)).toBe(1);
  });

  it('takes an area with all that lies below it, and not its namesake', () => {
    const store = storeOf(
      aCamera(),
      aCamera({ jurisdiction: JurisdictionPath.parse('vn.p66') }),
      aCamera({ jurisdiction: JurisdictionPath.parse('vn.p666') }),
    );
    store.filter({ ...NO_FILTERS, area: JurisdictionPath.parse('vn.p66') });
    expect(store.visibleCount).toBe(2);
  });

  it('takes a new state over and says whether anything has changed', () => {
    const camera = aCamera();
    const store = storeOf(camera);
    expect(store.setState(camera.id, 'streaming')).toBe(true);
    expect(store.isLit(0)).toBe(true);
    expect(store.setState(camera.id, 'streaming')).toBe(false);
    expect(store.setState(aCamera().id, 'streaming')).toBe(false);
  });

  it('shows a retired camera as retired, whatever its stream does', () => {
    const store = storeOf(aCamera({ status: 'retired', streamState: 'streaming' }));
    expect(store.isLit(0)).toBe(false);
  });

  it('clusters below zoom 15 and not from there on', () => {
    const store = storeOf(aCamera(), aCamera());
    expect(store.clustersAt(14)?.length).toBe(1);
    expect(store.clustersAt(15)).toBeUndefined();
  });

  it('has the bounds of what the filters let through at the moment', () => {
    const store = storeOf(aCamera(), aCamera({ lon: 109, mobility: 'ptz' }));
    expect(store.bounds()?.east).toBe(109);
    store.filter({ ...NO_FILTERS, mobility: ['fixed'] });
    expect(store.bounds()?.east).toBe(108.05);
  });

  it('has no bounds when nothing is visible', () => {
    expect(storeOf().bounds()).toBeUndefined();
    expect(storeOf(aCamera(), aCamera({ lon: 109 })).bounds()).toEqual({
      west: 108.05,
      east: 109,
      south: 12.68,
      north: 12.68,
    });
  });
});
