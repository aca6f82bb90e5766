// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError } from './ledger-error.ts';

/** A tree size or index that is no integer from 0 to 2^53 - 1, or lies outside its tree. */
export class SizeInvalid extends LedgerError {
  override readonly name = 'SizeInvalid';
}

export function requireSize(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new SizeInvalid(`${what} ${value} is no integer of 0 to 2^53 - 1`);
}

export function requireIndex(index: number, size: number): void {
  requireSize(index, 'index');
  requireSize(size, 'tree size');
  if (index >= size) throw new SizeInvalid(`index ${index} is not in a tree of size ${size}`);
}

/** ASCII decimal without a leading zero: Number() would take "1e3" and " 7". Undefined also above 2^53 - 1. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
