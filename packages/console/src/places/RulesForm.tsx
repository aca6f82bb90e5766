// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionRulesDraft, routes, type JurisdictionRules } from '@louver/contract';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { Segments } from '../design/Segments.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import styles from './PlacesPage.module.css';

const REMOTE = { above: null, yes: true, no: false } as const;
type Remote = keyof typeof REMOTE;
const WORD = { above: 'asAbove', yes: 'yes', no: 'no' } as const satisfies Record<Remote, string>;

interface Typed {
  remote: Remote;
  noticeDays: string;
  commentDays: string;
  reason: string;
}

/** What was said last for this place itself is what somebody changes. */
function typedOf({ stated: [last] }: JurisdictionRules): Typed {
  const remote = last === undefined || last.remote === null ? 'above' : last.remote ? 'yes' : 'no';
  return {
    remote,
    noticeDays: last?.noticeDays?.toString() ?? '',
    commentDays: last?.commentDays?.toString() ?? '',
    reason: '',
  };
}

const daysOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

const draftOf = ({ remote, noticeDays, commentDays, reason }: Typed) =>
  JurisdictionRulesDraft.safeParse({
    remote: REMOTE[remote],
    noticeDays: daysOf(noticeDays),
    commentDays: daysOf(commentDays),
    reason,
  });

export function RulesForm({ rules, queryKey }: { rules: JurisdictionRules; queryKey: QueryKey }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const [typed, setTyped] = useState(() => typedOf(rules));
  const [isTried, setTried] = useState(false);
  const draft = draftOf(typed);
  const wrong = new Set(isTried && !draft.success ? draft.error.issues.map(({ path: [field] }) => field) : []);
  const save = useMutation({
    mutationFn: async (body: JurisdictionRulesDraft) =>
      call(routes.putJurisdictionRules, { params: { path: rules.path }, body }),
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved);
      setTyped(typedOf(saved));
      setTried(false);
    },
  });
  const change = (next: Partial<Typed>) => setTyped((old) => ({ ...old, ...next }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (draft.success) save.mutate(draft.data);
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <div className={styles['choice']}>
        <span>{t('places.remote')}</span>
        <Segments
          label={t('places.remote')}
          value={typed.remote}
          onChange={(remote) => change({ remote })}
          options={(['above', 'yes', 'no'] as const).map((value) => ({ value, label: t(`places.${WORD[value]}`) }))}
        />
        <p className={styles['quiet']}>{t('places.remoteHint')}</p>
      </div>
      {(['noticeDays', 'commentDays'] as const).map((field) => (
        <Field
          key={field}
          label={t(`places.${field}`)}
          hint={t(field === 'noticeDays' ? 'places.noticeHint' : 'places.commentHint')}
          error={wrong.has(field) ? t('places.wrongDays') : undefined}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          value={typed[field]}
          onChange={({ currentTarget: { value } }) => change({ [field]: value })}
        />
      ))}
      <TextArea
        label={t('places.reason')}
        hint={t('places.reasonHint')}
        error={wrong.has('reason') ? t('places.wrongReason') : undefined}
        rows={2}
        maxLength={500}
        required
        value={typed.reason}
        onChange={({ currentTarget: { value } }) => change({ reason: value })}
      />
      <Button type="submit" look="primary" disabled={save.isPending}>
        {t(save.isPending ? 'places.saving' : 'places.save')}
      </Button>
      <p role="status" className={styles['quiet']}>
        {save.isError ? t('places.failed', { why: words(save.error) }) : save.isSuccess && t('places.saved')}
      </p>
    </form>
  );
}
