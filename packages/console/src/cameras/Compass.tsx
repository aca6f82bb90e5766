// SPDX-License-Identifier: AGPL-3.0-or-later

const NAMES = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;

export const compassName = (heading: number): (typeof NAMES)[number] => NAMES[Math.round(heading / 45) % 8] ?? 'n';

const at = (degrees: number, r: number) => {
  const radians = ((degrees - 90) * Math.PI) / 180;
  return `${(22 + r * Math.cos(radians)).toFixed(2)} ${(22 + r * Math.sin(radians)).toFixed(2)}`;
};

/** Where an aim points and how wide it sees, north up; the words beside it say the same. */
export const Compass = ({ heading, hfov }: { heading: number; hfov: number }) => (
  <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">
    <circle cx="22" cy="22" r="20" fill="none" stroke="var(--line-strong)" />
    <path d="M22 2v4" stroke="var(--ink-2)" strokeWidth="1.5" />
    <path
      d={`M22 22 L${at(heading - hfov / 2, 17)} A17 17 0 0 1 ${at(heading + hfov / 2, 17)} Z`}
      fill="var(--accent)"
      fillOpacity="0.32"
      stroke="var(--accent-ink)"
      strokeLinejoin="round"
    />
    <circle cx="22" cy="22" r="2.5" fill="var(--ink)" />
  </svg>
);
