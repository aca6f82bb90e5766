// SPDX-License-Identifier: AGPL-3.0-or-later
import { Capability, PublicDetails, routes, type Camera } from '@louver/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../design/Button.tsx';
import { Field } from '../../design/Field.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { TextArea } from '../../design/TextArea.tsx';
import { Trouble } from '../../oversight/Trouble.tsx';
import { publicDetailsQuery } from '../queries.ts';
import styles from './EditPage.module.css';
import { errorsOf, errorsOfProblem, wrongFields } from './field-pointers.ts';
import { Outcome } from './Outcome.tsx';
import {
  detailsOf,
  PUBLIC_POINTERS,
  publicValuesOf,
  sameDetails,
  type PublicField,
  type PublicValues,
} from './public-values.ts';
import { Section } from './Section.tsx';
import { useUnsaved } from './unsaved.tsx';
import { useFocusWrong } from './use-focus-wrong.ts';
import { without } from './use-stated-words.ts';

/** What the public register says of a camera beside the inventory. */
export function PublicSection({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(publicDetailsQuery(camera.id));
  return (
    <Section title={t('cameras.edit.public.title')} why={t('cameras.edit.public.why')}>
      {data !== undefined ? (
        <DetailsForm camera={camera} details={data} />
      ) : error === null ? (
        <Skeleton rows={4} />
      ) : (
        <Trouble error={error} onRetry={() => void refetch()} />
      )}
    </Section>
  );
}

type Wrong = Partial<Record<PublicField, string>>;

function DetailsForm({ camera, details }: { camera: Camera; details: PublicDetails }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const focusWrong = useFocusWrong(form);
  const [edits, setEdits] = useState<Partial<PublicValues>>({});
  const [wrong, setWrong] = useState<Wrong>({});
  const before = publicValuesOf(details);
  const values = { ...before, ...edits };
  const changed = !sameDetails(before, values);
  useUnsaved(changed);
  const mark = (errors: Parameters<typeof wrongFields>[0]): boolean => {
    const fields = Object.keys(wrongFields(errors, PUBLIC_POINTERS).fields) as PublicField[];
    setWrong(Object.fromEntries(fields.map((field) => [field, t(`cameras.edit.public.wrong.${field}`)])));
    if (fields.length > 0) focusWrong();
    return fields.length > 0;
  };
  const save = useMutation({
    mutationFn: async () =>
      call(routes.putPublicDetails, {
        params: { cameraId: camera.id },
        body: PublicDetails.parse(detailsOf(values)),
      }),
    onSuccess: (saved) => {
      client.setQueryData(publicDetailsQuery(camera.id).queryKey, saved);
      setEdits({});
    },
    onError: (problem) => mark(errorsOfProblem(problem)),
  });
  const change = (next: Partial<PublicValues>) => {
    setEdits((old) => ({ ...old, ...next }));
    setWrong((old) => without(old, next));
    if (!save.isPending) save.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!mark(errorsOf(PublicDetails, detailsOf(values)))) save.mutate();
  };
  return (
    <form ref={form} className={styles['form']} onSubmit={submit} noValidate>
      <DetailsFields values={values} wrong={wrong} onChange={change} />
      <div className={styles['actions']}>
        <Button type="submit" look="primary" disabled={!changed || save.isPending}>
          {t(save.isPending ? 'cameras.edit.saving' : 'cameras.edit.public.save')}
        </Button>
        <Outcome
          error={save.error}
          marked={Object.keys(wrong).length > 0}
          done={save.isSuccess ? t('cameras.edit.saved') : undefined}
        />
      </div>
    </form>
  );
}

interface FieldsProps {
  values: PublicValues;
  wrong: Wrong;
  onChange: (change: Partial<PublicValues>) => void;
}

function DetailsFields({ values, wrong, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles['fields']}>
      <fieldset className={`${styles['choices']} ${styles['wide']}`}>
        <legend>{t('cameras.edit.public.capabilities')}</legend>
        <p>{t('cameras.edit.public.capabilitiesWhy')}</p>
        <div className={styles['ticks']}>
          {Capability.options.map((each) => (
            <Tick key={each} capability={each} values={values} onChange={onChange} />
          ))}
        </div>
      </fieldset>
      <div className={styles['wide']}>
        <TextArea
          label={t('cameras.edit.public.contact')}
          name="contact"
          hint={t('cameras.edit.public.contactHint')}
          rows={2}
          maxLength={300}
          value={values.contact}
          error={wrong.contact}
          onChange={({ currentTarget: { value } }) => onChange({ contact: value })}
        />
      </div>
      <Field
        label={t('cameras.edit.public.storageCountry')}
        name="storageCountry"
        hint={t('cameras.edit.public.storageCountryHint')}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={2}
        value={values.storageCountry}
        error={wrong.storageCountry}
        onChange={({ currentTarget: { value } }) => onChange({ storageCountry: value })}
      />
    </div>
  );
}

const BIOMETRIC: ReadonlySet<Capability> = new Set<Capability>(['face-recognition', 'gait-recognition']);

function Tick({ capability, values, onChange }: { capability: Capability } & Omit<FieldsProps, 'wrong'>) {
  const { t } = useTranslation();
  const ticked = values.capabilities.includes(capability);
  return (
    <label className={styles['flag']}>
      <input
        type="checkbox"
        checked={ticked}
        onChange={({ currentTarget: { checked } }) =>
          onChange({
            capabilities: checked
              ? [...values.capabilities, capability]
              : values.capabilities.filter((each) => each !== capability),
          })
        }
      />
      <span>
        {t(`cameras.edit.public.capability.${capability}`)}
        {ticked && BIOMETRIC.has(capability) && <small> {t('cameras.edit.public.biometric')}</small>}
      </span>
    </label>
  );
}
