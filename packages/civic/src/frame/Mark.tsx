// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */

/** The product's one motif: slats, half open. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path d="M4 5.5h16M4 10h16M4 14.5h16M4 19h16" fill="none" stroke="currentColor" strokeWidth="2.6" />
  </svg>
);
