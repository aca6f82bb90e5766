// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FindingRow } from '@louver/contract';
import { z } from 'zod';

/** What a sample of a stopped picture said. A null deviation is a picture that nobody could read. */
export const StopEvidence = z.object({
  version: z.number().int(),
  output: z.enum(['live', 'still']),
  luma: z.number().nullable(),
  chroma: z.number().nullable(),
});
export type StopEvidence = z.infer<typeof StopEvidence>;

/** Undefined where it says something else: then the page shows the finding without it. */
export const stopEvidenceOf = ({ kind, evidence }: Pick<FindingRow, 'kind' | 'evidence'>): StopEvidence | undefined =>
  kind === 'masks-not-flat' ? StopEvidence.safeParse(evidence).data : undefined;
