// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Layer } from 'leaflet';
import {
  LineLabelSymbolizer,
  LineSymbolizer,
  PolygonSymbolizer,
  leafletLayer,
  type PaintRule,
} from 'protomaps-leaflet';
import './leaflet.ts';

const FONT = "'Be Vietnam Pro', sans-serif";
const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const WIDTHS: Record<string, readonly [number, number]> = {
  path: [0.4, 2],
  alley: [0.6, 6],
  street: [1, 11],
  collector: [1.8, 18],
  arterial: [2.4, 26],
};

const rules = (): PaintRule[] => {
  const area = (kind: string, name: string): PaintRule => ({
    dataLayer: 'areas',
    symbolizer: new PolygonSymbolizer({ fill: token(name) }),
    filter: (_zoom, { props }) => props['kind'] === kind,
  });
  const building = (home: boolean, name: string): PaintRule => ({
    dataLayer: 'buildings',
    minzoom: 15,
    symbolizer: new PolygonSymbolizer({ fill: token(name), stroke: token('--map-edge'), width: 0.6 }),
    filter: (_zoom, { props }) => (props['home'] === true) === home,
  });
  return [
    ...(['park', 'forest', 'farmland', 'square'] as const).map((kind) => area(kind, '--map-park')),
    area('water', '--map-water'),
    ...Object.entries(WIDTHS).map(([kind, [thin, wide]]): PaintRule => ({
      dataLayer: 'streets',
      symbolizer: new LineSymbolizer({
        color: token('--map-street'),
        width: (zoom: number) => thin + ((wide - thin) * Math.max(0, zoom - 12)) / 6,
        lineCap: 'round',
      }),
      filter: (_zoom, { props }) => props['class'] === kind,
    })),
    building(false, '--map-building'),
    building(true, '--map-home'),
    {
      dataLayer: 'boundaries',
      symbolizer: new LineSymbolizer({ color: token('--map-boundary'), width: 1, dash: [5, 4] }),
    },
  ];
};

export interface BaseMapOptions {
  /** Where tiles come from; a function is asked for the bytes of one. */
  tiles: string | ((z: number, x: number, y: number) => ArrayBuffer | undefined);
  /** Beyond this zoom no finer tiles are asked for: what there is is drawn larger. */
  finest: number;
}

/** Streets, water and houses in few tones, from this site's own tiles. */
export function baseMap({ tiles, finest }: BaseMapOptions): Layer {
  const ink = { fill: token('--map-label'), stroke: token('--map-halo'), width: 2.5, labelProps: ['name'] };
  const street = (classes: readonly unknown[], minzoom: number) => ({
    dataLayer: 'streets',
    minzoom,
    symbolizer: new LineLabelSymbolizer({ ...ink, font: `500 12px ${FONT}` }),
    filter: (_zoom: number, { props }: { props: Readonly<Record<string, unknown>> }) =>
      classes.includes(props['class']),
  });
  // The library takes an archive in the place of an address; what it asks of one is this.
  const archive = {
    getZxy: async (z: number, x: number, y: number) => {
      const data = typeof tiles === 'function' ? tiles(z, x, y) : undefined;
      return data && { data };
    },
  };
  return leafletLayer({
    url: typeof tiles === 'string' ? tiles : (archive as never),
    maxDataZoom: finest,
    paintRules: rules(),
    labelRules: [street(['arterial', 'collector'], 14), street(['street', 'alley'], 17)],
    backgroundColor: token('--map-land'),
    attribution: '',
    maxZoom: 20,
  }) as unknown as Layer;
}
