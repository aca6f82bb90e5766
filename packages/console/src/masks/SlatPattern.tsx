// SPDX-License-Identifier: AGPL-3.0-or-later

/** The motif as a fill: solid slats, unmistakably deliberate. `pitch` in the units of the drawing. */
export const SlatPattern = ({ id, pitch }: { id: string; pitch: number }) => (
  <pattern id={id} width={pitch} height={pitch} patternUnits="userSpaceOnUse">
    <rect width={pitch} height={pitch} fill="var(--slat-2)" />
    <rect width={pitch} height={pitch * 0.62} fill="var(--slat-1)" />
    <rect width={pitch} height={pitch * 0.08} fill="var(--slat-edge)" />
  </pattern>
);

/** Diagonal lines, for what loses its cover. */
export const HatchPattern = ({ id, pitch, colour }: { id: string; pitch: number; colour: string }) => (
  <pattern id={id} width={pitch} height={pitch} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width={pitch * 0.34} height={pitch} fill={colour} />
  </pattern>
);
