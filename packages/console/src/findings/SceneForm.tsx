// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type FindingId } from '@louver/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { momentOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import decision from '../exposures/Decision.module.css';
import { NoteForm } from '../exposures/NoteForm.tsx';
import { may, useSession } from '../session/session.ts';

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
  if (data === undefined) return null;
  const first = data.decisions.find(({ completes }) => !completes);
  const said = data.decisions.some(({ by }) => by.id === session.accountId);
  return (
    <>
      {data.decisions.map(({ note, by, at }) => (
        <p key={at}>
          {t('findings.scene.said', { name: by.name ?? t('masks.someone'), when: momentOf(at) })} “{note}”
        </p>
      ))}
      {data.state === 'open' && may(session, 'finding.decide') && said && (
        <p className={decision['notice']}>{t('findings.scene.waits')}</p>
      )}
      {data.state === 'open' && may(session, 'finding.decide') && !said && !asked && (
        <Button onClick={() => setAsked(true)}>{t('findings.scene.same')}</Button>
      )}
      {asked && !said && (
        <NoteForm
          does={t(first === undefined ? 'findings.scene.first' : 'findings.scene.second')}
          label={t('exposures.decide.note')}
          hint={t('exposures.decide.noteHint')}
          go={t('findings.scene.same')}
          look={first === undefined ? 'primary' : 'danger'}
          busy={saying.isPending}
          error={saying.error}
          onSubmit={(note) => saying.mutate(note)}
        />
      )}
    </>
  );
}
