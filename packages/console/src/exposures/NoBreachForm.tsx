// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';
import styles from './Decision.module.css';
import { NoteForm } from './NoteForm.tsx';
import { noBreachFor } from './two-people.ts';
import { useDecision, type DecisionProps } from './use-decision.ts';

/** Says why a home that shows is no breach. Where that uncovers, it takes two people, and the page says which of them one is. */
export function NoBreachForm(props: DecisionProps) {
  const { t } = useTranslation();
  const { finding, sets } = props;
  const { accountId } = useSession();
  const decision = useDecision(props);
  const turn = noBreachFor(accountId, finding, sets.base);
  if (turn === 'said' || turn === 'drew') {
    return <p className={styles['notice']}>{t(`exposures.decide.noBreach.${turn}`)}</p>;
  }
  const first = finding.decisions.findLast((one) => one.decision === 'no-breach' && one.runId === finding.runId);
  return (
    <NoteForm
      does={t(`exposures.decide.noBreach.${turn}`, { name: first?.by.name ?? t('masks.someone') })}
      label={t('exposures.decide.noBreach.note')}
      hint={t('exposures.decide.noBreach.hint')}
      go={t(turn === 'second' ? 'exposures.decide.noBreach.goUncover' : 'exposures.decide.noBreach.go')}
      look={turn === 'second' ? 'danger' : 'primary'}
      busy={decision.isPending}
      error={decision.error}
      onSubmit={(note) => decision.mutate({ decision: 'no-breach', note })}
    />
  );
}
