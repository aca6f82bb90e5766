// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Map as LeafletMap } from 'leaflet';

declare global {
  interface Window {
    /** Only with `?bench` in the address: what the benchmark moves, and how many cameras are on it. */
    louverBench?: { map: LeafletMap; cameras: () => number };
  }
}

/** With `?bench` every drawing is measured and the map can be moved by a program; otherwise nothing piles up. */
export const BENCH = new URLSearchParams(location.search).has('bench');
