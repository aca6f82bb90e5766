// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft } from '@louver/contract';
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { shownOf, textOf, type AimEdits, type AimNumber } from '../cameras/edit/aim-values.ts';
import { Field, inputClass } from '../design/Field.tsx';
import styles from './PlannerPage.module.css';
import { MOST_RANGE_METRES } from './surroundings.ts';

interface Dial {
  field: AimNumber;
  least: number;
  most: number;
  step: number;
}

/** What a hand turns; the field beside it takes any number that the contract takes. */
const DIALS: readonly Dial[] = [
  { field: 'heading', least: 0, most: 359, step: 1 },
  { field: 'tilt', least: -90, most: 30, step: 1 },
  { field: 'hfov', least: 5, most: 130, step: 1 },
  { field: 'height', least: 0, most: 30, step: 0.5 },
  { field: 'range', least: 5, most: 300, step: 5 },
];
const PLAIN = ['lat', 'lon', 'roll', 'frameWidth', 'frameHeight', 'k1', 'k2'] as const;

interface AimDialsProps {
  base: AimDraft;
  aim: AimDraft;
  edits: AimEdits;
  wrong: readonly AimNumber[];
  onEdit: (edits: AimEdits) => void;
}

export function AimDials({ base, aim, edits, wrong, onEdit }: AimDialsProps) {
  const { t } = useTranslation();
  const shown = shownOf(base, edits);
  const read = shownOf(aim, {});
  const errorOf = (field: AimNumber) => {
    if (!wrong.includes(field)) return undefined;
    return field === 'range'
      ? t('planning.wrongRange', { most: MOST_RANGE_METRES })
      : t(`cameras.edit.aim.wrong.${field}`);
  };
  return (
    <section className={styles['dials']} aria-label={t('planning.dials')}>
      {DIALS.map((dial) => (
        <DialField
          key={dial.field}
          {...dial}
          label={t(`cameras.edit.aim.${dial.field}`)}
          text={shown[dial.field]}
          value={Number(read[dial.field])}
          error={errorOf(dial.field)}
          onEdit={onEdit}
        />
      ))}
      <details className={styles['more']}>
        <summary>{t('planning.more')}</summary>
        <div className={styles['plain']}>
          {PLAIN.map((field) => (
            <PlainField
              key={field}
              field={field}
              label={t(`cameras.edit.aim.${field}`)}
              text={shown[field]}
              error={errorOf(field)}
              onEdit={onEdit}
            />
          ))}
        </div>
      </details>
    </section>
  );
}

interface PlainFieldProps {
  field: AimNumber;
  label: string;
  text: string;
  error: string | undefined;
  onEdit: (edits: AimEdits) => void;
}

const PlainField = memo(function PlainField({ field, label, text, error, onEdit }: PlainFieldProps) {
  return (
    <Field
      label={label}
      inputMode="text"
      autoComplete="off"
      value={text}
      error={error}
      onChange={(event) => onEdit({ [field]: event.currentTarget.value })}
    />
  );
});

interface DialFieldProps extends Dial, PlainFieldProps {
  field: AimNumber;
  value: number;
}

const DialField = memo(function DialField(props: DialFieldProps) {
  const { field, label, least, most, step, text, value, error, onEdit } = props;
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles['dial']}>
      <label htmlFor={id}>{label}</label>
      <input
        type="range"
        aria-label={t('planning.slide', { what: label })}
        min={least}
        max={most}
        step={step}
        value={Math.min(most, Math.max(least, value))}
        onChange={(event) => onEdit({ [field]: textOf(field, event.currentTarget.valueAsNumber) })}
      />
      <input
        id={id}
        className={inputClass}
        inputMode="text"
        autoComplete="off"
        value={text}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onEdit({ [field]: event.currentTarget.value })}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className={styles['error']}>
          {error}
        </p>
      )}
    </div>
  );
});
