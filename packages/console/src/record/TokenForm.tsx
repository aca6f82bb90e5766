// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type NewAuditorToken } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { Segments } from '../design/Segments.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { tokensQuery } from './queries.ts';
import styles from './TokensPage.module.css';

const DAYS = ['7', '30', '90', '366'] as const;

export function TokenForm({ onMade }: { onMade: (made: NewAuditorToken) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const [label, setLabel] = useState('');
  const [missing, setMissing] = useState(false);
  const [days, setDays] = useState<(typeof DAYS)[number]>('90');
  const make = useMutation({
    mutationFn: async () =>
      call(routes.createAuditorToken, { body: { label: label.trim(), expiresInDays: Number(days) } }),
    onSuccess: async (made) => {
      setLabel('');
      onMade(made);
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const empty = label.trim() === '';
    setMissing(empty);
    if (empty) event.currentTarget.querySelector('input')?.focus();
    else make.mutate();
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <div className={styles['label']}>
        <Field
          label={t('record.tokens.label')}
          hint={t('record.tokens.labelHint')}
          error={missing ? t('record.tokens.labelMissing') : undefined}
          name="label"
          maxLength={100}
          autoComplete="off"
          value={label}
          onChange={(event) => {
            setLabel(event.currentTarget.value);
            setMissing(false);
          }}
        />
      </div>
      <div className={styles['days']}>
        <span>{t('record.tokens.days')}</span>
        <Segments
          label={t('record.tokens.days')}
          value={days}
          onChange={setDays}
          options={DAYS.map((value) => ({
            value,
            label: t('record.tokens.dayCount', { count: Number(value) }),
          }))}
        />
      </div>
      <Button type="submit" look="primary" icon="plus" disabled={make.isPending}>
        {t(make.isPending ? 'record.tokens.making' : 'record.tokens.make')}
      </Button>
      {make.error !== null && <p role="alert">{words(make.error)}</p>}
    </form>
  );
}
