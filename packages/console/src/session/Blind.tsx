// SPDX-License-Identifier: AGPL-3.0-or-later

const SLATS = Array.from({ length: 15 }, (_, index) => index);

/** A louvre seen from inside at first light: what comes through is a glow, and no more. */
export const Blind = ({ className }: { className: string | undefined }) => (
  <svg className={className} viewBox="0 0 600 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <defs>
      <radialGradient id="first-light" cx="0.68" cy="0.3" r="0.75">
        <stop offset="0" stopColor="var(--glyph-lit)" stopOpacity="0.95" />
        <stop offset="0.45" stopColor="var(--glyph-lit)" stopOpacity="0.28" />
        <stop offset="1" stopColor="var(--glyph-lit)" stopOpacity="0" />
      </radialGradient>
      <linearGradient id="slat" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="var(--slat-1)" />
        <stop offset="1" stopColor="var(--slat-2)" />
      </linearGradient>
    </defs>
    <rect width="600" height="900" fill="url(#first-light)" />
    {SLATS.map((index) => {
      const top = index * 62 - 20;
      const open = 4 + Math.max(0, 18 - Math.abs(index - 4) * 3.2);
      return (
        <g key={index}>
          <path d={`M0 ${top + 26} 600 ${top} V${top + 62 - open} L0 ${top + 88 - open}Z`} fill="url(#slat)" />
          <path d={`M0 ${top + 26} 600 ${top}`} stroke="var(--slat-edge)" strokeWidth="1" />
        </g>
      );
    })}
  </svg>
);
