// SPDX-License-Identifier: AGPL-3.0-or-later
import type { UseMutationResult } from '@tanstack/react-query';
import type { ViewingRequest } from '@louver/contract';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf, timeWithSecondsOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { useSession } from '../session/session.ts';
import styles from './Panel.module.css';
import { StillOfElsewhere, type Still } from './still.ts';

interface StillRequestProps {
  still: Still | undefined;
  taking: UseMutationResult<Still, Error, Pick<ViewingRequest, 'purpose' | 'caseReference'>>;
  purpose: string;
}

/** A look at the camera's own picture: asked for, never taken by opening the page. */
export function StillRequest({ still, taking, purpose }: StillRequestProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { caseReferenceRequired } = useSession();
  const [text, setText] = useState(purpose);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reference = new FormData(event.currentTarget).get('case');
    if (text.trim().length < 3) return;
    taking.mutate({
      purpose: text.trim(),
      ...(typeof reference === 'string' && reference.trim() !== '' ? { caseReference: reference.trim() } : {}),
    });
  };
  return (
    <form className={styles['panel']} onSubmit={submit}>
      <h2>{t('masks.still.title')}</h2>
      <p className={styles['why']}>{t('masks.still.why')}</p>
      <Field
        label={t('masks.still.purpose')}
        value={text}
        required
        minLength={3}
        maxLength={300}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {caseReferenceRequired && (
        <Field label={t('masks.still.caseReference')} name="case" required minLength={2} maxLength={64} />
      )}
      <Button type="submit" icon="look" disabled={taking.isPending}>
        {t(taking.isPending ? 'masks.still.taking' : still === undefined ? 'masks.still.take' : 'masks.still.again')}
      </Button>
      <p role="status" className={styles['why']}>
        {still !== undefined &&
          t('masks.still.taken', {
            time: timeWithSecondsOf(still.at),
            seq: numberOf(Number(still.receipt.seq)),
          })}
      </p>
      {taking.isError && (
        <p role="alert" className={styles['error']}>
          {taking.error instanceof StillOfElsewhere
            ? t('masks.still.elsewhere')
            : t('masks.still.failed', { why: words(taking.error) })}
        </p>
      )}
    </form>
  );
}
