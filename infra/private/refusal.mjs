// SPDX-License-Identifier: AGPL-3.0-or-later
/** Something the person at the keyboard can put right. Its message is printed alone: a stack would only hide it. */
export class Refusal extends Error {
  /** @override */
  name = 'Refusal';
}

/**
 * Ends a command the way a person can read.
 * @param {unknown} error
 */
export function printFailure(error) {
  if (error instanceof Refusal) console.error(`\n${error.message}\n`);
  else console.error(error);
}
