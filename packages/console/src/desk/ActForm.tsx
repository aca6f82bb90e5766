// SPDX-License-Identifier: AGPL-3.0-or-later
import { ComplaintOutcome, type DeskCase, JurisdictionPath } from '@louver/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOfArea } from '../cameras/areas.ts';
import { jurisdictionsQuery } from '../cameras/queries.ts';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { Segments } from '../design/Segments.tsx';
import { Select } from '../design/Select.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { type Act, type ActValues, PARTS, perform, wrongOf } from './act-request.ts';
import styles from './ActForm.module.css';
import { caseQuery } from './queries.ts';
import { hasTemplate, templateOf } from './templates.ts';

interface ActFormProps {
  found: DeskCase;
  act: Act;
  onDone: () => void;
}

interface PartProps {
  found: DeskCase;
  act: Act;
  values: ActValues;
  onChange: (next: Partial<ActValues>) => void;
  /** Told once somebody tried to send it. */
  wrong: ReturnType<typeof wrongOf>;
}

/** What an act needs, with what follows from it said before it is done. What was typed stays when it is refused. */
export function ActForm({ found, act, onDone }: ActFormProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const client = useQueryClient();
  const [tried, setTried] = useState(false);
  const [values, setValues] = useState<ActValues>(() => ({
    ...{ reason: '', days: '', to: '' as const, how: 'post' as const, number: '', text: '' },
    outcome: outcomesOf(found)[0]!,
  }));
  const acting = useMutation({
    mutationFn: async () => perform(act, found.id, values),
    onSuccess: (now) => {
      client.setQueryData(caseQuery(found.id).queryKey, now);
      void client.invalidateQueries({ queryKey: ['complaints'] });
      onDone();
    },
  });
  const wrong = wrongOf(act, values);
  const part: PartProps = {
    ...{ found, act, values, wrong: tried ? wrong : {} },
    onChange: (next) => setValues({ ...values, ...next }),
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(wrong).length === 0) acting.mutate();
      }}
    >
      <p>{t(`desk.act.${act}.what`)}</p>
      {PARTS[act].includes('outcome') && <Outcome {...part} />}
      {PARTS[act].includes('to') && <Target {...part} />}
      {PARTS[act].includes('days') && (
        <Field
          type="number"
          label={t('desk.act.days')}
          hint={t('desk.act.daysHint')}
          min={1}
          max={60}
          value={values.days}
          onChange={(event) => part.onChange({ days: event.currentTarget.value })}
        />
      )}
      {PARTS[act].includes('how') && (
        <Segments
          label={t('desk.act.how')}
          value={values.how}
          options={(['post', 'in-person'] as const).map((value) => ({ value, label: t(`desk.act.${value}`) }))}
          onChange={(how) => part.onChange({ how })}
        />
      )}
      {PARTS[act].includes('reason') && <Reason {...part} />}
      {PARTS[act].includes('paper') && <Paper {...part} />}
      {acting.isError && (
        <p role="alert" className={styles['refused']}>
          {words(acting.error)}
        </p>
      )}
      <Button type="submit" look="primary" disabled={acting.isPending}>
        {t(acting.isPending ? 'desk.act.doing' : `desk.act.${act}.do`)}
      </Button>
    </form>
  );
}

/** An access request is answered; a complaint is found to be right or not. */
const outcomesOf = ({ procedure }: DeskCase): ComplaintOutcome[] =>
  ComplaintOutcome.options.filter((outcome) =>
    procedure === 'complaint' ? outcome !== 'answered' : outcome === 'answered' || outcome === 'fixed',
  );

function Outcome({ found, values, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('desk.act.outcome')}
        value={values.outcome}
        options={outcomesOf(found).map((value) => ({ value, label: t(`desk.outcome.${value}`) }))}
        onChange={(event) => onChange({ outcome: ComplaintOutcome.parse(event.currentTarget.value) })}
      />
      {values.outcome === 'fixed' && found.fixedRefused !== null && (
        <p className={styles['refused']}>{t(`desk.measured.${found.fixedRefused}`)}</p>
      )}
    </>
  );
}

function Target({ found, values, onChange, wrong }: PartProps) {
  const { t } = useTranslation();
  const { data: areas = [] } = useQuery(jurisdictionsQuery);
  const others = areas.filter(({ path }) => path !== found.handler?.path);
  return (
    <Select
      label={t('desk.act.to')}
      error={wrong.to ? t('desk.act.needed') : undefined}
      value={values.to}
      options={[{ value: '', label: '—' }, ...others.map((area) => ({ value: area.path, label: nameOfArea(area) }))]}
      onChange={(event) => onChange({ to: JurisdictionPath.safeParse(event.currentTarget.value).data ?? '' })}
    />
  );
}

function Reason({ values, onChange, wrong }: PartProps) {
  const { t } = useTranslation();
  return (
    <TextArea
      label={t('desk.act.reason')}
      hint={t('desk.act.reasonHint')}
      error={wrong.reason === undefined ? undefined : t('desk.act.tooShort', { least: wrong.reason })}
      value={values.reason}
      maxLength={1000}
      onChange={(event) => onChange({ reason: event.currentTarget.value })}
    />
  );
}

function Paper({ found, act, values, onChange, wrong }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('desk.act.number')}
        hint={t('desk.act.numberHint')}
        error={wrong.number === undefined ? undefined : t('desk.act.needed')}
        value={values.number}
        maxLength={60}
        onChange={(event) => onChange({ number: event.currentTarget.value })}
      />
      <TextArea
        label={t('desk.act.paper')}
        hint={t('desk.act.paperHint')}
        error={wrong.text === undefined ? undefined : t('desk.act.tooShort', { least: wrong.text })}
        value={values.text}
        rows={10}
        maxLength={20_000}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      {hasTemplate(act) && values.text === '' && (
        <Button onClick={() => onChange({ text: templateOf(act, found) })}>{t('desk.act.template')}</Button>
      )}
    </>
  );
}
