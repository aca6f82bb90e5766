// SPDX-License-Identifier: AGPL-3.0-or-later

/** Three slats, tilted to let light in, the light fading downwards. */
export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="var(--accent)" aria-hidden="true">
    <path d="M2.5 5.2 21.5 2.6v4L2.5 9.2z" />
    <path d="M2.5 12.1 21.5 9.5v4L2.5 16.1z" opacity=".68" />
    <path d="M2.5 19 21.5 16.4v4L2.5 23z" opacity=".38" />
  </svg>
);
