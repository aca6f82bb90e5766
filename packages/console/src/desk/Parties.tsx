// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Complainant, type DeskCase, complaintRoutes } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { Button } from '../design/Button.tsx';
import { Part } from './Part.tsx';
import styles from './Parties.module.css';
import { ReasonDialog } from './ReasonDialog.tsx';

const FIELDS = ['name', 'phone', 'email', 'address'] as const;

/** Numbers in place of names. A name is shown for a reason, here and now, and is kept nowhere. */
export function Parties({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<number>();
  const [seen, setSeen] = useState<ReadonlyMap<number, Complainant>>(new Map());
  return (
    <Part title={t('desk.parties.title')}>
      <p className={styles['lead']}>{t('desk.parties.lead')}</p>
      <ul>
        {found.parties.map(({ label, role, named }) => (
          <li key={label} className={styles['party']}>
            <p>
              <strong>{t('desk.parties.party', { label })}</strong>
              {', '}
              {t(`desk.parties.${role}`)}
              {!named && `, ${t('desk.parties.anonymous')}`}
            </p>
            {seen.has(label) && <Named who={seen.get(label)!} />}
            {named && !seen.has(label) && found.may.includes('identify') && (
              <Button look="quiet" icon="person" onClick={() => setAsked(label)}>
                {t('desk.parties.ask')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <Ask
          found={found}
          label={asked}
          onClose={() => setAsked(undefined)}
          onSeen={(who) => setSeen(new Map([...seen, [asked, who]]))}
        />
      )}
    </Part>
  );
}

function Named({ who }: { who: Complainant }) {
  const { t } = useTranslation();
  return (
    <dl className={styles['named']}>
      {FIELDS.map((field) =>
        who[field] === undefined ? null : (
          <div key={field}>
            <dt>{t(`desk.parties.${field}`)}</dt>
            <dd>{who[field]}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

interface AskProps {
  found: DeskCase;
  label: number;
  onClose: () => void;
  onSeen: (who: Complainant) => void;
}

function Ask({ found, label, onClose, onSeen }: AskProps) {
  const { t } = useTranslation();
  const asking = useMutation({
    mutationFn: async (reason: string) =>
      call(complaintRoutes.identifyComplainant, { params: { complaintId: found.id }, body: { party: label, reason } }),
    onSuccess: (who) => {
      onSeen(who);
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('desk.parties.askTitle', { label })}
      why={t('desk.parties.lead')}
      label={t('desk.parties.reason')}
      submit={t('desk.parties.do')}
      pending={asking.isPending}
      error={asking.error}
      onSubmit={(reason) => asking.mutate(reason)}
      onClose={onClose}
    />
  );
}
