// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type FindingId } from '@louver/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { momentOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import decision from '../exposures/Decision.module.css';
import { NoteForm } from '../exposures/NoteForm.tsx';
import { may, useSession } from '../session/session.ts';
import styles from './FindingsPage.module.css';

/** "It is the same scene": two people say so, and the picture comes back. */
export function SceneForm({ findingId }: { findingId: FindingId }) {
  const { t } = useTranslation();
  const session = useSession();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const { data } = useQuery({
    queryKey: ['exposures', 'scene', findingId],
    queryFn: async ({ signal }) => call(routes.readScene, { params: { findingId } }, { signal }),
  });
  const saying = useMutation({
    mutationFn: async (note: string) => call(routes.acceptScene, { params: { findingId }, body: { note } }),
    onSuccess: () => setAsked(false),
    onSettled: async () => client.invalidateQueries({ queryKey: ['exposures'] }),
  });
  const form = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: the keyboard goes on in what came for it.
  useEffect(() => {
    if (asked) form.current?.querySelector('textarea')?.focus();
  }, [asked]);
  if (data === undefined) return null;
  const first = data.decisions.find(({ completes }) => !completes);
  const said = data.decisions.some(({ by }) => by.id === session.accountId);
  const mayDecide = data.state === 'open' && may(session, 'finding.decide');
  return (
    <div ref={form} className={styles['scene']}>
      {data.decisions.map(({ note, by, at }) => (
        <blockquote key={at}>
          {t('findings.scene.said', { name: by.name ?? t('masks.someone'), when: momentOf(at) })} “{note}”
        </blockquote>
      ))}
      <div role="status">{mayDecide && said && <p className={decision['notice']}>{t('findings.scene.waits')}</p>}</div>
      {mayDecide && !said && !asked && (
        <Button aria-expanded={false} onClick={() => setAsked(true)}>
          {t('findings.scene.same')}
        </Button>
      )}
      {mayDecide && !said && asked && (
        <>
          <NoteForm
            does={`${t('findings.scene.how')} ${t(first === undefined ? 'findings.scene.first' : 'findings.scene.second')}`}
            label={t('exposures.decide.note')}
            hint={t('exposures.decide.noteHint')}
            go={t('findings.scene.same')}
            look={first === undefined ? 'primary' : 'danger'}
            busy={saying.isPending}
            error={saying.error}
            onSubmit={(note) => saying.mutate(note)}
          />
          <Button look="quiet" onClick={() => setAsked(false)}>
            {t('findings.scene.cancel')}
          </Button>
        </>
      )}
    </div>
  );
}
