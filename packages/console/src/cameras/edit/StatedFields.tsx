// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraStatus, HostPremises, Mobility, Publication } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../design/Field.tsx';
import { TextArea } from '../../design/TextArea.tsx';
import { nameOfArea } from '../areas.ts';
import { jurisdictionsQuery } from '../queries.ts';
import styles from './EditPage.module.css';
import { Select } from '../../design/Select.tsx';
import type { FlagField, StatedField, StatedValues, TextField } from './stated.ts';

export interface StatedFieldsProps {
  values: StatedValues;
  wrong: Partial<Record<StatedField, string>>;
  onChange: (change: Partial<StatedValues>) => void;
  /** What the public is told by the status that is chosen. */
  statusHint: string;
}

/** Everything that somebody states of a camera, in three groups. */
export function StatedFields(props: StatedFieldsProps) {
  const { t } = useTranslation();
  const text = useTextProps(props);
  const choice = useChoiceProps(props);
  return (
    <>
      <div className={styles['fields']}>
        <Field {...text('code')} hint={t('cameras.edit.stated.codeHint')} maxLength={64} required />
        <AreaChoice {...props} />
        <div className={styles['wide']}>
          <Field {...text('name')} hint={t('cameras.edit.stated.nameHint')} maxLength={200} required />
        </div>
        <Select {...choice('status', CameraStatus.options)} hint={props.statusHint} />
        <Select {...choice('hostPremises', HostPremises.options)} />
      </div>
      <h3>{t('cameras.edit.stated.duty')}</h3>
      <div className={styles['fields']}>
        <Field {...text('owner')} maxLength={200} />
        <Field {...text('operator')} maxLength={200} />
        <div className={styles['wide']}>
          <TextArea {...text('purpose')} rows={2} maxLength={500} />
        </div>
        <div className={styles['wide']}>
          <TextArea {...text('legalBasis')} rows={2} maxLength={500} />
        </div>
        <Field {...text('retentionDays')} hint={t('cameras.edit.stated.retentionHint')} inputMode="numeric" />
        <PublicationChoice {...props} />
      </div>
      <h3>{t('cameras.edit.stated.device')}</h3>
      <div className={styles['fields']}>
        <Field {...text('manufacturer')} maxLength={120} />
        <Field {...text('model')} maxLength={120} />
        <Select {...choice('mobility', Mobility.options)} />
        <div className={styles['flags']}>
          <Flag field="hasAudio" {...props} />
          <Flag field="hasBiometrics" {...props} />
        </div>
      </div>
    </>
  );
}

function useTextProps({ values, wrong, onChange }: StatedFieldsProps) {
  const { t } = useTranslation();
  return (field: TextField) => ({
    label: t(`cameras.edit.stated.${field}`),
    name: field,
    autoComplete: 'off',
    value: values[field],
    error: wrong[field],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [field]: event.currentTarget.value }),
  });
}

const WORDS = { status: 'status', hostPremises: 'premises', mobility: 'mobility' } as const;

function useChoiceProps(props: StatedFieldsProps) {
  const { t } = useTranslation();
  const text = useTextProps(props);
  return (field: keyof typeof WORDS, options: readonly string[]) => ({
    ...text(field),
    options: options.map((value) => ({ value, label: t(`cameras.${WORDS[field]}.${value}` as 'cameras.status.live') })),
  });
}

function AreaChoice(props: StatedFieldsProps) {
  const { t } = useTranslation();
  const text = useTextProps(props);
  const { data: areas = [] } = useQuery(jurisdictionsQuery);
  const options = areas.map((area) => ({ value: area.path as string, label: nameOfArea(area) }));
  const { jurisdiction } = props.values;
  // An area that is not in the list, or none yet, must not look as if the first one were chosen.
  if (!options.some(({ value }) => value === jurisdiction))
    options.unshift({ value: jurisdiction, label: jurisdiction || t('cameras.edit.stated.jurisdictionNone') });
  return <Select {...text('jurisdiction')} options={options} required />;
}

function PublicationChoice({ values, onChange }: StatedFieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className={`${styles['choices']} ${styles['wide']}`}>
      <legend>{t('cameras.edit.stated.publication')}</legend>
      {Publication.options.map((each) => (
        <div key={each} className={styles['choice']}>
          <input
            id={`${id}-${each}`}
            type="radio"
            name={id}
            checked={values.publication === each}
            aria-describedby={`${id}-${each}-why`}
            onChange={() => onChange({ publication: each })}
          />
          <label htmlFor={`${id}-${each}`}>{t(`cameras.edit.stated.${each}`)}</label>
          <p id={`${id}-${each}-why`}>{t(`cameras.edit.stated.${each}Why`)}</p>
        </div>
      ))}
    </fieldset>
  );
}

function Flag({ field, values, onChange }: StatedFieldsProps & { field: FlagField }) {
  const { t } = useTranslation();
  return (
    <label className={styles['flag']}>
      <input
        type="checkbox"
        checked={values[field]}
        onChange={(event) => onChange({ [field]: event.currentTarget.checked })}
      />
      {t(`cameras.edit.stated.${field}`)}
    </label>
  );
}
