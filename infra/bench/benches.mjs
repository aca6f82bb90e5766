// SPDX-License-Identifier: AGPL-3.0-or-later
// What `npm run bench` measures, in this order, and what each bench needs to be there.

/**
 * @typedef {object} BenchPlan
 * @property {string} name file is `benches/<name>.bench.ts`
 * @property {boolean} [servers] PostgreSQL and Redis
 * @property {boolean} [browser] Chromium and the built console
 */

/** @type {BenchPlan[]} */
export const BENCHES = [
  { name: 'masking-cost' },
  { name: 'masker-latency' },
  { name: 'pass-through' },
  { name: 'glass-to-browser', servers: true, browser: true },
  { name: 'mask-change', servers: true },
  { name: 'opening', servers: true },
  { name: 'takeover', servers: true },
  { name: 'map', servers: true, browser: true },
  { name: 'camera-list', servers: true },
  { name: 'sealing', servers: true },
  { name: 'log-verify' },
  { name: 'exposure' },
  { name: 'planner', servers: true, browser: true },
  { name: 'city-exposure', servers: true },
];
