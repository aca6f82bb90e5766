// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type MaskSet } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { dayOf } from '../app/times.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { useNow } from '../oversight/use-now.ts';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { may, useSession } from '../session/session.ts';
import panel from './Panel.module.css';

/** How long a set holds; when it is nearly over, the way to propose it once more. */
export function RenewForm({ set }: { set: MaskSet }) {
  const { t } = useTranslation();
  const session = useSession();
  const words = useProblemWords();
  const client = useQueryClient();
  const now = useNow(false);
  const [reason, setReason] = useState('');
  const renewal = useMutation({
    mutationFn: async () => call(routes.renewMasks, { params: { maskSetId: set.id }, body: { reason: reason.trim() } }),
    onSuccess: async () => client.invalidateQueries({ queryKey: ['mask-sets'] }),
  });
  const { expiresAt, renewFrom, state } = set;
  if (expiresAt === null || (state !== 'approved' && state !== 'active')) return null;
  const due = renewFrom !== null && Date.parse(renewFrom) <= now;
  return (
    <section className={panel['panel']}>
      <h2>{t('masks.renew.title')}</h2>
      <p className={panel['why']}>{t('masks.renew.until', { day: dayOf(expiresAt) })}</p>
      {due && may(session, 'mask.renew') && renewal.data === undefined && (
        <>
          <TextArea
            label={t('masks.renew.reason')}
            hint={t('masks.renew.hint')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button disabled={reason.trim().length < 3 || renewal.isPending} onClick={() => renewal.mutate()}>
            {t('masks.renew.go')}
          </Button>
        </>
      )}
      {renewal.isError && (
        <p role="alert" className={panel['error']}>
          {words(renewal.error)}
        </p>
      )}
      {renewal.data !== undefined && (
        <div className={panel['notice']} role="status">
          <p>{t('masks.renew.sent', { version: renewal.data.version })}</p>
          <Link
            to="/masks/$maskSetId"
            params={{ maskSetId: renewal.data.id }}
            search={{ camera: set.cameraId }}
            className={buttonClass()}
          >
            {t('masks.renew.look')}
          </Link>
        </div>
      )}
    </section>
  );
}
