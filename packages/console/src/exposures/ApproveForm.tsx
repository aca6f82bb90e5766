// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskSet } from '@louver/contract';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/Icon.tsx';
import { coverageChange } from '../masks/coverage.ts';
import { shareOf } from '../masks/shares.ts';
import { useSession } from '../session/session.ts';
import styles from './Decision.module.css';
import { NoteForm } from './NoteForm.tsx';
import { useDecision, type DecisionProps } from './use-decision.ts';

/** Geometry's own proposal, or what somebody else drew instead. */
export function ApproveForm(props: DecisionProps) {
  const { t } = useTranslation();
  const { proposal, base, drawn } = props.sets;
  const { accountId } = useSession();
  const decision = useDecision(props);
  const choices = [...(proposal?.state === 'proposed' ? [proposal] : []), ...drawn];
  const allowed = choices.filter(({ author }) => author?.id !== accountId);
  const [wanted, setWanted] = useState<string>();
  const chosen = allowed.find(({ id }) => id === wanted) ?? allowed[0];
  const change = useMemo(() => coverageChange(base?.polygons ?? [], chosen?.polygons ?? []), [base, chosen]);
  if (choices.length === 0) return <p className={styles['does']}>{t('exposures.decide.approve.nothing')}</p>;
  return (
    <NoteForm
      does={
        base === undefined
          ? t('exposures.decide.approve.first', { share: shareOf(1 - change.after) })
          : t('exposures.decide.approve.does')
      }
      label={t('exposures.decide.note')}
      hint={t('exposures.decide.noteHint')}
      go={t('exposures.decide.approve.go')}
      busy={decision.isPending}
      error={decision.error}
      blocked={chosen === undefined}
      onSubmit={(note) => chosen && decision.mutate({ decision: 'approve-masks', note, maskSetId: chosen.id })}
    >
      {choices.length > 1 || allowed.length === 0 ? (
        <fieldset className={styles['choices']}>
          <legend>{t('exposures.decide.approve.which')}</legend>
          {choices.map((set) => (
            <label key={set.id}>
              <input
                type="radio"
                name="set"
                checked={set === chosen}
                disabled={set.author?.id === accountId}
                onChange={() => setWanted(set.id)}
              />
              <SetName set={set} own={set.author?.id === accountId} />
            </label>
          ))}
        </fieldset>
      ) : null}
      {base !== undefined && change.uncovered > 0 && (
        <p className={styles['danger']}>
          <Icon name="alert" />
          {t('exposures.decide.approve.uncovers', { share: shareOf(change.uncovered) })}
        </p>
      )}
      {chosen !== undefined && (
        <Link to="/masks/$maskSetId" params={{ maskSetId: chosen.id }} search={{ camera: chosen.cameraId }}>
          {t('exposures.decide.approve.look')}
        </Link>
      )}
    </NoteForm>
  );
}

function SetName({ set, own }: { set: MaskSet; own: boolean }) {
  const { t } = useTranslation();
  if (own) return t('exposures.decide.approve.own', { version: set.version });
  if (set.origin === 'geometry') return t('exposures.decide.approve.geometry', { version: set.version });
  return t('exposures.decide.approve.drawn', { version: set.version, name: set.author?.name ?? t('masks.someone') });
}
