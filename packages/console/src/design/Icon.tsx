// SPDX-License-Identifier: AGPL-3.0-or-later

/** Drawn for a 16 px grid with a 1.5 px line, so that they sit beside 13 px type without shouting. */
const PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  map: 'M1.8 4.2 6 2.5l4 1.7 4.2-1.7v9.3L10 13.5l-4-1.7-4.2 1.7V4.2ZM6 2.5v9.3m4-7.6v9.3',
  table: 'M2 3h12v10H2V3Zm0 3.4h12M2 9.7h12M6.2 6.4V13',
  list: 'M2 4h12M2 8h12M2 12h8',
  look: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  record: 'M4 1.8h6l3 3v9.4H4V1.8Zm6 0v3h3M6 8h5M6 10.8h5',
  masks: 'M2 3.5 14 2v2.6L2 6V3.5Zm0 4.6 12-1.4v2.6L2 10.6V8.1Zm0 4.6 12-1.4',
  import: 'M8 2v7.5M4.8 6.6 8 9.7l3.2-3.1M2.5 10.5v3h11v-3',
  camera: 'M2 4.5h7.5v5H2v-5Zm7.5 1.6L14 4.2v5.6L9.5 8M5 9.5v3.3H2.5',
  person: 'M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Zm-5.3 6.4c.4-2.8 2.4-4.3 5.3-4.3s4.9 1.5 5.3 4.3',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  pin: 'M5.5 2h5l-.6 4.2 2.1 2.3H4l2.1-2.3L5.5 2ZM8 8.5V14',
  expand: 'M9.5 2.5h4v4m0-4L9.3 6.7M6.5 13.5h-4v-4m0 4 4.2-4.2',
  shrink: 'M13.3 6.7h-4v-4m0 4 4.2-4.2M2.7 9.3h4v4m0-4-4.2 4.2',
  down: 'm4 6 4 4 4-4',
  right: 'm6 4 4 4-4 4',
  left: 'm10 4-4 4 4 4',
  filter: 'M2 3.5h12M4.2 8h7.6M6.5 12.5h3',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-9.2V8l2.2 1.5',
  keyboard: 'M1.8 4h12.4v8H1.8V4ZM4.3 6.6h.01M7 6.6h.01M9.4 6.6h.01M11.8 6.6h.01M5 9.5h6',
  out: 'M6.5 2.5h-4v11h4M10 4.8 13.2 8 10 11.2M13 8H6',
  offline:
    'M2 2l12 12M4.4 8.6A5.6 5.6 0 0 1 7 7.2M2 5.9A9 9 0 0 1 4 4.5m4-1.1a9 9 0 0 1 6 2.5m-2.4 2.7a5.5 5.5 0 0 0-1.2-.9M8 12.2h.01',
  alert: 'M8 2 14.5 13.5h-13L8 2Zm0 4.4v3.2m0 2h.01',
  place:
    'M8 14s4.5-4 4.5-7.3A4.5 4.5 0 0 0 8 2a4.5 4.5 0 0 0-4.5 4.7C3.5 10 8 14 8 14Zm0-5.6a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  home: 'M2.5 7.4 8 2.6l5.5 4.8v6.1h-11V7.4Z',
  globe: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2.2 8h11.6M8 2c2 2 2.6 4 2.6 6S10 12 8 14c-2-2-2.6-4-2.6-6S6 4 8 2Z',
  theme: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5h4.2M8 8h5.8M8 11h4.2',
  edit: 'm3 10.2-.6 3.4 3.4-.6 7.4-7.4-2.8-2.8L3 10.2Zm5.8-5.8 2.8 2.8',
  copy: 'M5.5 5.5h8v8h-8v-8Zm-2.5 5H2.5v-8h8V3',
  reload: 'M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.3 2.2v3h-3',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
);
