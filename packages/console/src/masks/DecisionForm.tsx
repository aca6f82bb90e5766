// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type MaskSet } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';
import { TextArea } from '../design/TextArea.tsx';
import { Button } from '../design/Button.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { may, useSession } from '../session/session.ts';
import styles from './Panel.module.css';

function useDecision(set: MaskSet) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ verdict, note }: { verdict: 'approve' | 'reject'; note: string }) =>
      call(verdict === 'approve' ? routes.approveMasks : routes.rejectMasks, {
        params: { maskSetId: set.id },
        body: { note },
      }),
    onSettled: async () => client.invalidateQueries({ queryKey: ['mask-sets'] }),
  });
}

/** Approve or reject with a note; whoever drew the set is told plainly that this is not theirs to do. */
export function DecisionForm({ set }: { set: MaskSet }) {
  const { t } = useTranslation();
  const session = useSession();
  const words = useProblemWords();
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const decision = useDecision(set);
  const own = set.author?.id === session.accountId || isProblem(decision.error, 'mask-author-decides');
  if (own || !may(session, 'mask.approve')) {
    return (
      <div className={styles['notice']} role={decision.isError ? 'alert' : undefined}>
        <strong>{t(own ? 'masks.review.ownTitle' : 'masks.review.noRoleTitle')}</strong>
        {t(own ? 'masks.review.ownWhy' : 'masks.review.noRoleWhy')}
      </div>
    );
  }
  const decide = (verdict: 'approve' | 'reject') => {
    const tooShort = note.trim().length < 3;
    setMissing(tooShort);
    if (!tooShort) decision.mutate({ verdict, note: note.trim() });
  };
  return (
    <section className={styles['panel']}>
      <h2>{t('masks.review.decision')}</h2>
      <TextArea
        label={t('masks.review.note')}
        hint={t('masks.review.noteHint')}
        error={missing ? t('masks.review.noteMissing') : undefined}
        value={note}
        maxLength={500}
        rows={3}
        onChange={(event) => {
          setNote(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <div className={styles['actions']}>
        <Button look="primary" icon="check" disabled={decision.isPending} onClick={() => decide('approve')}>
          {t(decision.isPending ? 'masks.review.deciding' : 'masks.review.approve')}
        </Button>
        <Button icon="close" disabled={decision.isPending} onClick={() => decide('reject')}>
          {t('masks.review.reject')}
        </Button>
      </div>
      {decision.isError && (
        <p role="alert" className={styles['error']}>
          {words(decision.error)}
        </p>
      )}
    </section>
  );
}
