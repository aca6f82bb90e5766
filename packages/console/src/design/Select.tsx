// SPDX-License-Identifier: AGPL-3.0-or-later
import { useId, type ComponentProps } from 'react';
import { inputClass } from './Field.tsx';
import fieldStyles from './Field.module.css';
import { Icon } from './Icon.tsx';

interface SelectProps extends Omit<ComponentProps<'select'>, 'id'> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  options: readonly { value: string; label: string }[];
}

/** One of a list, labelled and told wrong as every other field. */
export function Select({ label, hint, error, options, ...rest }: SelectProps) {
  const id = useId();
  const described = error !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined;
  return (
    <div className={fieldStyles['field']}>
      <label className={fieldStyles['label']} htmlFor={id}>
        {label}
      </label>
      <select {...rest} id={id} className={inputClass} aria-invalid={error !== undefined} aria-describedby={described}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error !== undefined && (
        <p className={fieldStyles['error']} id={`${id}-error`}>
          <Icon name="alert" size={14} />
          {error}
        </p>
      )}
      {error === undefined && hint !== undefined && (
        <p className={fieldStyles['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
