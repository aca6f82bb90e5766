// SPDX-License-Identifier: AGPL-3.0-or-later
export * from './canonical-json.ts';
export * from './entry.ts';
