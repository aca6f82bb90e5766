// SPDX-License-Identifier: AGPL-3.0-or-later
export * from './entry.ts';
export * from './notes/sign.ts';
export * from './verify.ts';
