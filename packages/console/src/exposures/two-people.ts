// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AccountId, Finding, MaskSet } from '@louver/contract';

/**
 * Who may say that there is no breach. Where masks lie over the picture because of the finding, saying so uncovers, and that
 * takes two people about the same measurement, neither of whom drew what is left. The database decides by persons; a page
 * knows accounts, so what is `free` here may still be refused.
 */
export type NoBreach = 'alone' | 'first' | 'second' | 'said' | 'drew';

export function noBreachFor(
  account: AccountId,
  finding: Pick<Finding, 'enforced' | 'runId' | 'decisions'>,
  left: Pick<MaskSet, 'author'> | undefined,
): NoBreach {
  if (!finding.enforced) return 'alone';
  if (left?.author?.id === account) return 'drew';
  const said = finding.decisions.filter(
    ({ decision, runId, completes }) => decision === 'no-breach' && runId === finding.runId && !completes,
  );
  if (said.some(({ by }) => by.id === account)) return 'said';
  return said.length > 0 ? 'second' : 'first';
}
