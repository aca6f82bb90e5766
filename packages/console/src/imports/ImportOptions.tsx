// SPDX-License-Identifier: AGPL-3.0-or-later
import { ImportKind, routes, type JurisdictionPath } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { currentLanguage } from '../app/i18n.ts';
import { Field, inputClass } from '../design/Field.tsx';
import fieldStyles from '../design/Field.module.css';
import styles from './ImportPage.module.css';
import type { ImportPlan } from './use-import.ts';

interface OptionProps {
  plan: ImportPlan;
  disabled: boolean;
  onChange: (change: Partial<ImportPlan>) => void;
}

export function KindChoice({ plan, disabled, onChange }: OptionProps) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className={styles['kinds']} disabled={disabled}>
      <legend>{t('imports.kindLabel')}</legend>
      {ImportKind.options.map((kind) => (
        <label key={kind} className={styles['kind']}>
          <input
            type="radio"
            name={name}
            value={kind}
            checked={plan.kind === kind}
            onChange={() => onChange({ kind })}
          />
          {t(`imports.kind.${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}

export function ImportOptions({ plan, disabled, onChange }: OptionProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className={styles['options']} disabled={disabled}>
      <legend className="visually-hidden">{t('imports.options')}</legend>
      {plan.kind === 'cameras' && (
        <>
          <JurisdictionChoice plan={plan} disabled={disabled} onChange={onChange} />
          <Field
            type="number"
            label={t('imports.duplicate')}
            hint={t('imports.duplicateHint')}
            min={0}
            max={100}
            step={1}
            value={plan.duplicateMetres}
            onChange={(event) => {
              const metres = event.currentTarget.valueAsNumber;
              if (Number.isFinite(metres)) onChange({ duplicateMetres: Math.min(100, Math.max(0, metres)) });
            }}
          />
        </>
      )}
      <div className={styles['check']}>
        <input
          id={id}
          type="checkbox"
          checked={plan.partial}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange({ partial: event.currentTarget.checked })}
        />
        <div>
          <label htmlFor={id}>{t('imports.partial')}</label>
          <p id={`${id}-hint`}>{t('imports.partialHint')}</p>
        </div>
      </div>
    </fieldset>
  );
}

function JurisdictionChoice({ plan, onChange }: OptionProps) {
  const { t } = useTranslation();
  const id = useId();
  const { data } = useQuery({
    queryKey: ['jurisdictions'],
    queryFn: async ({ signal }) => call(routes.listJurisdictions, {}, { signal }),
  });
  const chosen = (value: string) => (value === '' ? undefined : (value as JurisdictionPath));
  return (
    <div className={fieldStyles['field']}>
      <label className={fieldStyles['label']} htmlFor={id}>
        {t('imports.jurisdiction')}
      </label>
      <select
        id={id}
        className={inputClass}
        value={plan.jurisdiction ?? ''}
        onChange={(event) => onChange({ jurisdiction: chosen(event.currentTarget.value) })}
      >
        <option value="">{t('imports.jurisdictionAuto')}</option>
        {data?.items.map(({ path, name, nameEn }) => (
          <option key={path} value={path}>
            {'\u2003'.repeat(path.split('.').length - 1)}
            {currentLanguage() === 'en' ? (nameEn ?? name) : name}
          </option>
        ))}
      </select>
    </div>
  );
}
