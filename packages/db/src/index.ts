// SPDX-License-Identifier: AGPL-3.0-or-later
export * from './complaint-lapses.ts';
export * from './credentials.ts';
export * from './migrate.ts';
export * from './notices.ts';
export * from './outbox.ts';
export * from './record-batcher.ts';
export * from './records.ts';
export * from './sql.ts';
export * from './transaction.ts';
