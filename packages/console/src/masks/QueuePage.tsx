// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskSet } from '@louver/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveEvent } from '../api/socket.ts';
import { buttonClass } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { CameraPicker } from '../oversight/CameraPicker.tsx';
import { Moment } from '../oversight/Moment.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { may, useSession } from '../session/session.ts';
import { rasterise } from './coverage.ts';
import { MaskPreview } from './MaskPreview.tsx';
import { decidedQuery, proposedQuery } from './masks-query.ts';
import styles from './QueuePage.module.css';
import { shareOf } from './shares.ts';
import { StateTag } from './StateTag.tsx';

export function useLiveMasks(): void {
  const client = useQueryClient();
  useLiveEvent('masks.changed', () => void client.invalidateQueries({ queryKey: ['mask-sets'] }));
}

/** What waits for a decision, oldest first, and what was decided lately. */
export function QueuePage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const proposed = useQuery(proposedQuery);
  useLiveMasks();
  const mayDecide = may(session, 'mask.approve');
  const sets = proposed.data?.items ?? [];
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div>
          <h1>{t('masks.queue.title')}</h1>
          <p className={styles['lead']}>{t(mayDecide ? 'masks.queue.lead' : 'masks.queue.leadAuthor')}</p>
        </div>
        {may(session, 'mask.propose') && (
          <div className={styles['draw']}>
            <span>{t('masks.queue.draw')}</span>
            <CameraPicker
              onPick={({ id }) => void navigate({ to: '/cameras/$cameraId/masks', params: { cameraId: id } })}
            />
          </div>
        )}
      </header>
      <p role="status" className="visually-hidden">
        {proposed.isSuccess && t('masks.queue.waiting', { count: sets.length })}
      </p>
      {proposed.isPending && <Skeleton rows={8} />}
      {proposed.isError && <Trouble error={proposed.error} onRetry={() => void proposed.refetch()} />}
      {proposed.isSuccess && sets.length === 0 && (
        <Notice title={t('masks.queue.emptyTitle')} why={t('masks.queue.emptyWhy')} />
      )}
      {proposed.data?.more === true && <p className={styles['lead']}>{t('masks.queue.more')}</p>}
      <ol className={styles['queue']}>
        {sets.map((set) => (
          <Waiting key={set.id} set={set} own={set.author?.id === session.accountId} mayDecide={mayDecide} />
        ))}
      </ol>
      <Decided />
    </div>
  );
}

function Waiting({ set, own, mayDecide }: { set: MaskSet; own: boolean; mayDecide: boolean }) {
  const { t } = useTranslation();
  const covered = useMemo(() => {
    const cells = rasterise(set.polygons, 320, 180);
    return cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  }, [set.polygons]);
  return (
    <li className={styles['waiting']}>
      <MaskPreview set={set} />
      <div className={styles['what']}>
        <h2>
          <Link to="/masks/$maskSetId" params={{ maskSetId: set.id }} search={{ camera: set.cameraId }}>
            {set.cameraCode}
          </Link>
          <small>{t('masks.version', { version: set.version })}</small>
        </h2>
        <p className={styles['reason']}>{set.reason}</p>
        <p className={styles['facts']}>
          <span>{own ? t('masks.yours') : t('masks.by', { name: set.author?.name ?? t('masks.someone') })}</span>
          <Moment at={set.createdAt} />
          <span>{t('masks.polygons', { count: set.polygons.length })}</span>
          <span>{t('masks.share', { share: shareOf(covered) })}</span>
        </p>
      </div>
      <Link
        to="/masks/$maskSetId"
        params={{ maskSetId: set.id }}
        search={{ camera: set.cameraId }}
        className={buttonClass({ look: mayDecide && !own ? 'primary' : 'plain' })}
        aria-label={`${t(mayDecide && !own ? 'masks.queue.decide' : 'masks.queue.look')}: ${set.cameraCode}`}
      >
        {t(mayDecide && !own ? 'masks.queue.decide' : 'masks.queue.look')}
      </Link>
    </li>
  );
}

function Decided() {
  const { t } = useTranslation();
  const { data } = useQuery(decidedQuery);
  if (data === undefined) return null;
  return (
    <section className={styles['decided']}>
      <h2>{t('masks.queue.decided')}</h2>
      {data.length === 0 && <p className={styles['lead']}>{t('masks.queue.decidedEmpty')}</p>}
      <ul>
        {data.map((set) => (
          <li key={set.id}>
            <Link
              to="/masks/$maskSetId"
              params={{ maskSetId: set.id }}
              search={{ camera: set.cameraId }}
              className={styles['past']}
            >
              <MaskPreview set={set} />
              <span className={styles['what']}>
                <strong>
                  {set.cameraCode} <small>{t('masks.version', { version: set.version })}</small>
                </strong>
                <StateTag state={set.state} />
                <span className={styles['facts']}>
                  <span>{t('masks.queue.decidedBy', { name: set.decidedBy?.name ?? t('masks.someone') })}</span>
                  {set.decidedAt !== null && <Moment at={set.decidedAt} />}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
