// SPDX-License-Identifier: AGPL-3.0-or-later
import { type DeskCase, complaintRoutes } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { Button } from '../design/Button.tsx';
import { Select } from '../design/Select.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { Moment } from '../oversight/Moment.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { Part } from './Part.tsx';
import { caseQuery } from './queries.ts';
import styles from './Talk.module.css';

/** What was written to and fro. Who complained is a number here. */
export function Talk({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const several = found.parties.length > 1;
  return (
    <Part title={t('desk.talk.title')}>
      {found.messages.length === 0 && <p className={styles['none']}>{t('desk.talk.none')}</p>}
      <ol className={styles['list']}>
        {found.messages.map(({ id, from, at, text, party, by }) => (
          <li key={id} className={styles['message']} data-from={from}>
            <p className={styles['who']}>
              {from === 'office'
                ? (by?.name ?? t('desk.talk.office'))
                : t(several ? 'desk.talk.party' : 'desk.talk.complainant', { label: party })}
              {' · '}
              <Moment at={at} />
            </p>
            <p className={styles['text']}>{text}</p>
          </li>
        ))}
      </ol>
      {found.may.includes('write') && <Write found={found} />}
    </Part>
  );
}

function Write({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [party, setParty] = useState('');
  const sending = useMutation({
    mutationFn: async () =>
      call(complaintRoutes.answerComplaint, {
        params: { complaintId: found.id },
        body: { text: text.trim(), ...(party === '' ? {} : { party: Number(party) }) },
      }),
    onSuccess: (now) => {
      client.setQueryData(caseQuery(found.id).queryKey, now);
      setText('');
    },
  });
  return (
    <form
      className={styles['write']}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') sending.mutate();
      }}
    >
      <TextArea
        label={t('desk.talk.write')}
        hint={t('desk.talk.hint')}
        error={sending.isError ? words(sending.error) : undefined}
        value={text}
        maxLength={8000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles['foot']}>
        {found.parties.length > 1 && (
          <Select
            label={t('desk.talk.to')}
            value={party}
            options={[
              { value: '', label: t('desk.talk.all') },
              ...found.parties.map(({ label }) => ({ value: String(label), label: t('desk.talk.party', { label }) })),
            ]}
            onChange={(event) => setParty(event.currentTarget.value)}
          />
        )}
        <Button type="submit" disabled={sending.isPending || text.trim() === ''}>
          {t(sending.isPending ? 'desk.talk.sending' : 'desk.talk.send')}
        </Button>
      </div>
    </form>
  );
}
