// SPDX-License-Identifier: AGPL-3.0-or-later
import { useId, type ComponentProps } from 'react';
import styles from './Field.module.css';
import { Icon } from './Icon.tsx';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  large?: boolean;
}

export const inputClass = styles['input'];

export function Field({ label, hint, error, large = false, ...rest }: FieldProps) {
  const id = useId();
  const described = error !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined;
  return (
    <div className={`${styles['field']} ${large ? styles['large'] : ''}`}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={styles['input']}
        aria-invalid={error !== undefined}
        aria-describedby={described}
      />
      {error !== undefined && (
        <p className={styles['error']} id={`${id}-error`}>
          <Icon name="alert" size={14} />
          {error}
        </p>
      )}
      {error === undefined && hint !== undefined && (
        <p className={styles['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
