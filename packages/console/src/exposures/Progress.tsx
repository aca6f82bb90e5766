// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type ExposureProgress } from '@louver/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { useLiveEvent } from '../api/socket.ts';
import { momentOf, numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { may, useSession } from '../session/session.ts';
import styles from './Progress.module.css';
import { progressQuery } from './queries.ts';

/** How far the last measurement of many aims is, as it goes on, and the way to start another. */
export function Progress() {
  const { t } = useTranslation();
  const session = useSession();
  const words = useProblemWords();
  const { progress, begin } = useProgress();
  const [asked, setAsked] = useState(false);
  if (progress === undefined) return null;
  const running = progress !== null && progress.finishedAt === null && progress.done < progress.total;
  return (
    <section className={styles['progress']} aria-label={t('exposures.progress.label')}>
      <div className={styles['told']}>
        <Told progress={progress} running={running} />
        {running && <progress max={progress.total} value={progress.done} aria-label={t('exposures.progress.label')} />}
        {begin.isError && <p role="alert">{words(begin.error)}</p>}
      </div>
      {may(session, 'exposure.recompute') && (
        <Button look="quiet" icon="reload" disabled={running || begin.isPending} onClick={() => setAsked(true)}>
          {t('exposures.progress.again')}
        </Button>
      )}
      {asked && (
        <Dialog title={t('exposures.progress.askTitle')} onClose={() => setAsked(false)}>
          <p>{t('exposures.progress.askWhy')}</p>
          <div className={styles['answers']}>
            <Button
              look="primary"
              onClick={() => {
                setAsked(false);
                begin.mutate();
              }}
            >
              {t('exposures.progress.go')}
            </Button>
            <Button onClick={() => setAsked(false)}>{t('exposures.progress.stay')}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function useProgress() {
  const client = useQueryClient();
  const { data: progress } = useQuery({
    ...progressQuery,
    // An event may be missed; progress that matters is asked for as well.
    refetchInterval: ({ state }) => (state.data?.finishedAt === null ? 5_000 : false),
  });
  useLiveEvent('exposures.progress', (told) => {
    client.setQueryData(progressQuery.queryKey, (known) =>
      known?.id === told.id
        ? { ...known, total: told.total, waiting: told.waiting, running: told.running, done: told.done }
        : known,
    );
    // Somebody else's, or the end, whose time the event does not say.
    if (progress?.id !== told.id || told.done === told.total)
      void client.invalidateQueries({ queryKey: progressQuery.queryKey });
  });
  const begin = useMutation({
    mutationFn: async () => call(routes.recomputeExposures, {}),
    onSuccess: ({ recomputation }) => client.setQueryData(progressQuery.queryKey, recomputation),
  });
  return { progress, begin };
}

function Told({ progress, running }: { progress: ExposureProgress | null; running: boolean }) {
  const { t } = useTranslation();
  const words = () => {
    if (progress === null) return t('exposures.progress.never');
    const [done, total] = [numberOf(progress.done), numberOf(progress.total)];
    if (running) return t('exposures.progress.running', { done, total });
    return t('exposures.progress.finished', { total, when: momentOf(progress.finishedAt ?? progress.startedAt) });
  };
  return <p role="status">{words()}</p>;
}
