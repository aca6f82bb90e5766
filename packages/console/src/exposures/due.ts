// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FindingState } from '@louver/contract';

/** Where the reviewer's clock stands: `seconds` are left while it runs, or past when it is late. */
export type Clock = { kind: 'running' | 'soon' | 'late'; seconds: number } | { kind: 'ended' };

/** From here on a row says that it is nearly due. */
const SOON_S = 24 * 3600;

export function clockOfFinding(finding: { state: FindingState; dueAt: string }, now: number): Clock {
  if (finding.state !== 'open') return { kind: 'ended' };
  const left = (Date.parse(finding.dueAt) - now) / 1000;
  if (left < 0) return { kind: 'late', seconds: -left };
  return { kind: left < SOON_S ? 'soon' : 'running', seconds: left };
}
