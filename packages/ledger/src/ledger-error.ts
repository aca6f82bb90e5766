// SPDX-License-Identifier: AGPL-3.0-or-later
/** What every refusal of this package is: whoever feeds it foreign bytes catches this one class and no bug hides in it. */
export abstract class LedgerError extends Error {}
