// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type Finding, type FindingDecision, type FindingVerdict } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { findingQuery } from './queries.ts';
import type { FindingSets } from './use-mask-sets.ts';

export interface DecisionProps {
  finding: Finding;
  sets: FindingSets;
  onDone: (what: FindingDecision) => void;
}

/** Says it of the measurement that the page shows, and lets every list that may show it ask again. */
export function useDecision({ finding, onDone }: DecisionProps) {
  const client = useQueryClient();
  const { findingId, runId } = finding;
  return useMutation({
    mutationFn: async (verdict: Omit<FindingVerdict, 'runId'>) =>
      call(routes.decideFinding, { params: { findingId }, body: { ...verdict, runId } }),
    onSuccess: (decided, { decision }) => {
      client.setQueryData(findingQuery(findingId).queryKey, decided);
      onDone(decision);
    },
    onSettled: async () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['exposures', 'queue'] }),
        client.invalidateQueries({ queryKey: ['exposures', 'finding', findingId] }),
        client.invalidateQueries({ queryKey: ['mask-sets'] }),
      ]),
  });
}
