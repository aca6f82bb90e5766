// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type MaskSet } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { momentOf } from '../app/times.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { useNow } from '../oversight/use-now.ts';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { may, useSession } from '../session/session.ts';
import panel from './Panel.module.css';

interface RenewFormProps {
  set: MaskSet;
  /** All sets of its camera. */
  versions: readonly MaskSet[];
}

/** How long a set holds; when it is nearly over, the way to propose it once more. */
export function RenewForm({ set, versions }: RenewFormProps) {
  const { t } = useTranslation();
  const session = useSession();
  const now = useNow(false);
  const { expiresAt, renewFrom, state } = set;
  if (expiresAt === null || (state !== 'approved' && state !== 'active')) return null;
  const due = renewFrom !== null && Date.parse(renewFrom) <= now;
  const isOver = Date.parse(expiresAt) <= now;
  const sent = versions.find(
    (one) => one.aimId === set.aimId && one.state === 'proposed' && one.renews === set.version,
  );
  return (
    <section className={panel['panel']}>
      <h2>{t('masks.renew.title')}</h2>
      <p className={panel['why']}>{t(`masks.renew.${isOver ? 'over' : 'until'}`, { when: momentOf(expiresAt) })}</p>
      {due && sent === undefined && may(session, 'mask.renew') && <Proposal set={set} />}
      {/* Always there, so that it is read out when it is filled. */}
      <div role="status">
        {sent !== undefined && (
          <div className={panel['notice']}>
            <p>{t('masks.renew.sent', { version: sent.version })}</p>
            <p className={panel['actions']}>
              <Link
                to="/masks/$maskSetId"
                params={{ maskSetId: sent.id }}
                search={{ camera: set.cameraId }}
                className={buttonClass()}
              >
                {t('masks.renew.look', { version: sent.version })}
              </Link>
            </p>
          </div>
        )}
      </div>
    </section>
  );
}

function Proposal({ set }: { set: MaskSet }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const renewal = useMutation({
    mutationFn: async () => call(routes.renewMasks, { params: { maskSetId: set.id }, body: { reason: reason.trim() } }),
    onSuccess: async () => client.invalidateQueries({ queryKey: ['mask-sets'] }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const tooShort = reason.trim().length < 3;
    setMissing(tooShort);
    if (tooShort) event.currentTarget.querySelector('textarea')?.focus();
    else renewal.mutate();
  };
  return (
    <form className={panel['form']} noValidate onSubmit={submit}>
      <p className={panel['why']}>{t('masks.renew.due')}</p>
      <TextArea
        label={t('masks.renew.reason')}
        hint={t('masks.renew.hint')}
        error={missing ? t('masks.renew.missing') : undefined}
        value={reason}
        maxLength={500}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <div className={panel['actions']}>
        <Button type="submit" look="primary" disabled={renewal.isPending}>
          {t(renewal.isPending ? 'masks.renew.going' : 'masks.renew.go')}
        </Button>
      </div>
      {renewal.isError && (
        <p role="alert" className={panel['error']}>
          {words(renewal.error)}
        </p>
      )}
    </form>
  );
}
