// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { momentOf } from '../app/times.ts';
import { NoteForm } from './NoteForm.tsx';
import { useDecision, type DecisionProps } from './use-decision.ts';

/** An order is a promise: it closes nothing, the measurement of the turned camera does. */
export function OrderForm(props: DecisionProps) {
  const { t } = useTranslation();
  const decision = useDecision(props);
  const { newAimOrderedAt } = props.finding;
  return (
    <NoteForm
      does={t('exposures.decide.order.does')}
      label={t('exposures.decide.order.note')}
      hint={t('exposures.decide.order.hint')}
      go={t('exposures.decide.order.go')}
      busy={decision.isPending}
      error={decision.error}
      onSubmit={(note) => decision.mutate({ decision: 'order-new-aim', note })}
    >
      {newAimOrderedAt !== null && <p>{t('exposures.decide.order.again', { when: momentOf(newAimOrderedAt) })}</p>}
    </NoteForm>
  );
}
