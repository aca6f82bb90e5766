// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskSet } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../app/times.ts';
import { buttonClass } from '../design/Button.tsx';
import { may, useSession } from '../session/session.ts';
import { proposedQuery } from './masks-query.ts';
import panel from './Panel.module.css';

/** How a set was decided, and where the work goes on. */
export function Verdict({ set }: { set: MaskSet }) {
  const { t } = useTranslation();
  const session = useSession();
  const { data } = useQuery(proposedQuery);
  const next = data?.items[0];
  const outcome = useOutcome(set);
  return (
    <section className={panel['panel']}>
      <div className={panel['notice']} role="status">
        <strong>{outcome}</strong>
        {set.decidedBy !== null &&
          set.decidedAt !== null &&
          t('masks.review.decidedHow', {
            name: set.decidedBy.name ?? t('masks.someone'),
            time: momentOf(set.decidedAt),
          })}
        {set.decisionNote !== null && <p>“{set.decisionNote}”</p>}
      </div>
      <div className={panel['actions']}>
        {may(session, 'mask.approve') && next !== undefined && (
          <Link
            to="/masks/$maskSetId"
            params={{ maskSetId: next.id }}
            search={{ camera: next.cameraId }}
            className={buttonClass({ look: 'primary' })}
          >
            {t('masks.review.next')}
          </Link>
        )}
        {may(session, 'mask.propose') && (
          <Link
            to="/cameras/$cameraId/masks"
            params={{ cameraId: set.cameraId }}
            search={{ aim: set.aimId }}
            className={buttonClass()}
          >
            {t('masks.review.redraw')}
          </Link>
        )}
      </div>
    </section>
  );
}

function useOutcome({ state, decidedBy }: MaskSet): string {
  const { t } = useTranslation();
  if (state === 'approved' || state === 'active') return t(`masks.review.${state}`);
  if (state === 'rejected') return t('masks.review.rejected');
  return decidedBy === null ? t('masks.review.outdated') : t(`masks.state.${state}`);
}
