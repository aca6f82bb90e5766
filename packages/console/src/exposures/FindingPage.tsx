// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Finding, FindingId } from '@louver/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { buttonClass } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { DecisionPanel } from './DecisionPanel.tsx';
import { FindingFrame } from './FindingFrame.tsx';
import { FindingHead } from './FindingHead.tsx';
import styles from './FindingPage.module.css';
import { countedHomes } from './homes.ts';
import { HomesTable } from './HomesTable.tsx';
import { Plan } from './Plan.tsx';
import { findingQuery, queueQuery, seenQuery, useFreshExposures } from './queries.ts';
import { Said } from './Said.tsx';
import { useMaskSets } from './use-mask-sets.ts';

const pageApi = getRouteApi('/room/exposures-room/exposures/$findingId');

/** One camera that looks at homes: what it sees, from its own place and from above, and what is to be done about it. */
export function FindingPage() {
  const { t } = useTranslation();
  const findingId = pageApi.useParams().findingId as FindingId;
  const found = useQuery(findingQuery(findingId));
  useFreshExposures();
  if (found.isPending) return <Skeleton rows={10} />;
  if (isProblem(found.error, 'finding-not-found') || isProblem(found.error, 'request-invalid')) {
    return (
      <Notice page title={t('exposures.finding.missing')} why={t('exposures.finding.missingWhy')}>
        <Link to="/exposures" className={buttonClass({ look: 'primary' })}>
          {t('exposures.finding.back')}
        </Link>
      </Notice>
    );
  }
  if (found.isError) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  return <Shown key={findingId} finding={found.data} />;
}

/** The neighbours in the queue that somebody came from, as far as it is known. */
function useNeighbours(findingId: FindingId) {
  const search = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const { data } = useInfiniteQuery(queueQuery(search));
  const ids = data?.pages.flatMap(({ items }) => items.map((row) => row.findingId)) ?? [];
  const at = ids.indexOf(findingId);
  const previous = at > 0 ? ids[at - 1] : undefined;
  // One that was decided just now has left the queue: then the worst of all comes next.
  const next = at < 0 ? ids[0] : ids[at + 1];
  const go = (id: FindingId | undefined) => {
    if (id !== undefined) void navigate({ to: '/exposures/$findingId', params: { findingId: id }, search });
  };
  useShortcuts({ j: () => go(next), k: () => go(previous) });
  return { previous, next };
}

function Shown({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const search = pageApi.useSearch();
  const seen = useQuery(seenQuery(finding.aimId));
  const sets = useMaskSets(finding);
  const [marked, setMarked] = useState<string>();
  const run = seen.data?.run ?? null;
  const homes = useMemo(() => countedHomes(finding, run), [finding, run]);
  const neighbours = useNeighbours(finding.findingId);
  return (
    <article className={styles['page']}>
      <FindingHead finding={finding} measuredAt={run?.finishedAt} neighbours={neighbours} search={search} />
      {seen.data?.pending === true && (
        <p role="status" className={styles['pending']}>
          {t('exposures.finding.pending')}
        </p>
      )}
      <div className={styles['evidence']}>
        {run === null ? (
          seen.isError ? (
            <Trouble error={seen.error} onRetry={() => void seen.refetch()} />
          ) : (
            <Skeleton rows={8} />
          )
        ) : (
          <>
            <FindingFrame finding={finding} run={run} sets={sets} homes={homes} marked={marked} onMark={setMarked} />
            <HomesTable homes={homes} marked={marked} onMark={setMarked} />
            <Plan finding={finding} run={run} homes={homes} marked={marked} onMark={setMarked} />
          </>
        )}
      </div>
      <aside className={styles['side']}>
        <DecisionPanel finding={finding} sets={sets} next={neighbours.next} />
        <Said finding={finding} measuredAt={run?.finishedAt} />
      </aside>
    </article>
  );
}
