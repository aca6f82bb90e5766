// SPDX-License-Identifier: AGPL-3.0-or-later
// How streets, water and houses look. Read in the worker that paints them, so nothing here knows of a document.
import {
  LineSymbolizer,
  LineLabelSymbolizer,
  PolygonSymbolizer,
  CenteredTextSymbolizer,
  type LabelRule,
  type PaintRule,
} from 'protomaps-leaflet';

/** What the base map takes from the theme: colours by the names of its tokens. */
export const BASE_TOKENS = [
  '--map-land',
  '--map-water',
  '--map-park',
  '--map-square',
  '--map-farm',
  '--map-building',
  '--map-building-edge',
  '--map-home',
  '--map-street-s',
  '--map-street-m',
  '--map-street-l',
  '--map-boundary',
  '--map-label',
  '--map-label-halo',
  '--map-label-strong',
] as const;
export type BaseColours = Record<(typeof BASE_TOKENS)[number], string>;
type TokenName = keyof BaseColours;

const FONT = "'Be Vietnam Pro', sans-serif";

/** Widths in pixels by zoom, straight lines between the stops. */
const stops =
  (...pairs: readonly (readonly [number, number])[]) =>
  (zoom: number): number => {
    const after = pairs.findIndex(([z]) => z >= zoom);
    if (after === 0) return pairs[0]![1];
    if (after < 0) return pairs.at(-1)![1];
    const [[z0, w0], [z1, w1]] = [pairs[after - 1]!, pairs[after]!];
    return w0 + ((w1 - w0) * (zoom - z0)) / (z1 - z0);
  };

const STREETS = [
  { class: 'path', token: '--map-street-s', width: stops([15, 0.6], [18, 2.5], [20, 6]) },
  { class: 'alley', token: '--map-street-s', width: stops([14, 0.7], [16, 2], [18, 7], [20, 20]) },
  { class: 'street', token: '--map-street-m', width: stops([13, 0.8], [16, 4], [18, 13], [20, 40]) },
  { class: 'collector', token: '--map-street-m', width: stops([11, 0.8], [14, 2.2], [16, 7], [18, 20], [20, 60]) },
  {
    class: 'arterial',
    token: '--map-street-l',
    width: stops([8, 0.8], [12, 2], [14, 3.6], [16, 10], [18, 28], [20, 84]),
  },
] as const;

export function paintRules(colours: BaseColours): PaintRule[] {
  const area = (kind: string, name: TokenName): PaintRule => ({
    dataLayer: 'areas',
    symbolizer: new PolygonSymbolizer({ fill: colours[name] }),
    filter: (_zoom, feature) => feature.props['kind'] === kind,
  });
  const buildings = (home: boolean, name: TokenName): PaintRule => ({
    dataLayer: 'buildings',
    minzoom: 14,
    symbolizer: new PolygonSymbolizer({ fill: colours[name], stroke: colours['--map-building-edge'], width: 0.75 }),
    filter: (_zoom, feature) => (feature.props['home'] === true) === home,
  });
  return [
    area('farmland', '--map-farm'),
    area('forest', '--map-park'),
    area('park', '--map-park'),
    area('square', '--map-square'),
    area('water', '--map-water'),
    ...STREETS.map((street): PaintRule => ({
      dataLayer: 'streets',
      symbolizer: new LineSymbolizer({ color: colours[street.token], width: street.width, lineCap: 'round' }),
      filter: (_zoom, feature) => feature.props['class'] === street.class,
    })),
    buildings(false, '--map-building'),
    buildings(true, '--map-home'),
    {
      dataLayer: 'boundaries',
      symbolizer: new LineSymbolizer({ color: colours['--map-boundary'], width: 1, dash: [5, 4], opacity: 0.8 }),
    },
  ];
}

export function labelRules(colours: BaseColours): LabelRule[] {
  const ink = { fill: colours['--map-label'], stroke: colours['--map-label-halo'], width: 2.5, labelProps: ['name'] };
  const street = (classes: readonly string[], minzoom: number, size: number): LabelRule => ({
    dataLayer: 'streets',
    minzoom,
    symbolizer: new LineLabelSymbolizer({ ...ink, font: `500 ${size}px ${FONT}` }),
    filter: (_zoom, feature) => classes.some((each) => each === feature.props['class']),
  });
  return [
    {
      dataLayer: 'boundaries',
      maxzoom: 15,
      symbolizer: new CenteredTextSymbolizer({
        ...ink,
        fill: colours['--map-label-strong'],
        font: `600 13px ${FONT}`,
        lineHeight: 1.3,
      }),
      filter: (_zoom, feature) => feature.props['kind'] === 'commune',
    },
    {
      dataLayer: 'areas',
      minzoom: 15,
      symbolizer: new CenteredTextSymbolizer({ ...ink, font: `500 11.5px ${FONT}`, maxLineChars: 14 }),
      filter: (zoom, feature) => zoom >= 17 || feature.props['kind'] === 'water' || feature.props['kind'] === 'park',
    },
    street(['arterial', 'collector'], 14, 12),
    street(['street'], 16, 11.5),
    street(['alley', 'path'], 18, 11),
  ];
}
