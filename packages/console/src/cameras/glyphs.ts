// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraStatus, StreamState } from '@louver/contract';

/** What a camera looks like wherever it is drawn. Each differs from every other in shape, not in colour alone. */
export const GLYPHS = [
  'streaming',
  'reachable',
  'unknown',
  'none',
  'unreachable',
  'refused',
  'withheld',
  'planned',
  'retired',
] as const;
export type Glyph = (typeof GLYPHS)[number];

export type Tone = 'lit' | 'plain' | 'quiet' | 'plate';

/** One stroke or filling on a 20 × 20 grid. */
export interface Part {
  d: string;
  fill?: Tone;
  stroke?: Tone;
  width?: number;
  dash?: readonly number[];
}

const disc = (r: number) => `M${10 - r} 10a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const plate: Part = { d: disc(8), fill: 'plate' };

export const GLYPH_PARTS: Readonly<Record<Glyph, readonly Part[]>> = {
  streaming: [plate, { d: disc(7.6), stroke: 'lit', width: 1.4 }, { d: disc(4.6), fill: 'lit' }],
  reachable: [
    { d: disc(6.4), fill: 'plate' },
    { d: disc(4.8), fill: 'plain' },
  ],
  unknown: [
    { d: disc(6.4), fill: 'plate' },
    { d: disc(4.7), stroke: 'plain', width: 1.6, dash: [2.6, 2.32] },
  ],
  none: [
    { d: disc(4.6), fill: 'plate' },
    { d: disc(3.1), stroke: 'quiet', width: 1.5 },
  ],
  unreachable: [
    { d: 'M10 2.2 18.2 17H1.8Z', fill: 'plate' },
    { d: 'M10 4.2 16.4 15.8H3.6Z', stroke: 'plain', width: 1.7 },
    { d: 'M10 8.2v3.6M10 13.6v.2', stroke: 'plain', width: 1.8 },
  ],
  refused: [
    { d: 'M10 1.4 18.6 10 10 18.6 1.4 10Z', fill: 'plate' },
    { d: 'M10 3.4 16.6 10 10 16.6 3.4 10Z', stroke: 'plain', width: 1.7 },
    { d: 'M7 10h6', stroke: 'plain', width: 2 },
  ],
  withheld: [
    { d: 'M2.2 2.2h15.6v15.6H2.2Z', fill: 'plate' },
    { d: 'M4 4h12v2.8H4ZM4 8.6h12v2.8H4ZM4 13.2h12V16H4Z', fill: 'plain' },
  ],
  planned: [
    { d: disc(6.4), fill: 'plate' },
    { d: 'M10 5v10M5 10h10', stroke: 'quiet', width: 1.8 },
  ],
  retired: [
    { d: disc(5), fill: 'plate' },
    { d: 'M6.6 10h6.8', stroke: 'quiet', width: 2 },
  ],
};

/** A camera that is not in use shows that; what its stream does is beside the point. */
export const glyphOf = (status: CameraStatus, state: StreamState): Glyph => (status === 'live' ? state : status);

/** States that somebody should look into. */
export const TROUBLE: ReadonlySet<Glyph> = new Set(['unreachable', 'refused', 'withheld']);
