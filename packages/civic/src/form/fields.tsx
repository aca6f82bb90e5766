// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode } from 'react';

/** What is wrong with a form, by the name of the field. */
export type FormErrors = Readonly<Record<string, string>>;

interface Asked {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  required?: boolean;
}

/** Of a field, so that the summary of errors can lead to it. */
export const fieldId = (name: string): string => `field-${name}`;
const describedBy = ({ name, hint, error }: Asked): string | undefined =>
  [hint && `${fieldId(name)}-hint`, error && `${fieldId(name)}-error`].filter(Boolean).join(' ') || undefined;

const Hint = ({ name, hint }: Asked) =>
  hint ? (
    <p className="hint" id={`${fieldId(name)}-hint`}>
      {hint}
    </p>
  ) : null;

const Wrong = ({ name, error }: Asked) =>
  error ? (
    <p className="wrong" id={`${fieldId(name)}-error`}>
      {error}
    </p>
  ) : null;

const Field = ({ children, ...asked }: Asked & { children: ReactNode }) => (
  <div className="field" data-wrong={asked.error ? '' : undefined}>
    <label htmlFor={fieldId(asked.name)}>{asked.label}</label>
    <Hint {...asked} />
    <Wrong {...asked} />
    {children}
  </div>
);

interface TextAsked extends Asked {
  value?: string | undefined;
  type?: HTMLInputTypeAttribute;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: 'text' | 'numeric' | 'tel' | 'email';
  maxLength?: number;
}

export const TextField = ({ value, type = 'text', autoComplete, inputMode, maxLength, ...asked }: TextAsked) => (
  <Field {...asked}>
    <input
      id={fieldId(asked.name)}
      name={asked.name}
      type={type}
      defaultValue={value}
      autoComplete={autoComplete}
      inputMode={inputMode}
      maxLength={maxLength}
      required={asked.required}
      aria-invalid={asked.error ? true : undefined}
      aria-describedby={describedBy(asked)}
    />
  </Field>
);

export const TextArea = ({ value, rows = 6, maxLength, ...asked }: TextAsked & { rows?: number }) => (
  <Field {...asked}>
    <textarea
      id={fieldId(asked.name)}
      name={asked.name}
      rows={rows}
      defaultValue={value}
      maxLength={maxLength}
      required={asked.required}
      aria-invalid={asked.error ? true : undefined}
      aria-describedby={describedBy(asked)}
    />
  </Field>
);

/** `accept` as of the element, e.g. `image/*`. */
export const FileField = ({ accept, multiple, ...asked }: Asked & { accept: string; multiple?: boolean }) => (
  <Field {...asked}>
    <input
      id={fieldId(asked.name)}
      name={asked.name}
      type="file"
      accept={accept}
      multiple={multiple}
      required={asked.required}
      aria-invalid={asked.error ? true : undefined}
      aria-describedby={describedBy(asked)}
    />
  </Field>
);

export interface Option {
  value: string;
  label: string;
  hint?: string | undefined;
}

/** One of few: all are seen at once, and each is as large as a thumb. */
export const Choice = ({
  options,
  value,
  ...asked
}: Asked & { options: readonly Option[]; value?: string | undefined }) => (
  <fieldset
    className="field choice"
    data-wrong={asked.error ? '' : undefined}
    id={fieldId(asked.name)}
    tabIndex={-1}
    aria-describedby={describedBy(asked)}
  >
    <legend>{asked.label}</legend>
    <Hint {...asked} />
    <Wrong {...asked} />
    {options.map((option) => (
      <label key={option.value} className="option">
        <input
          type="radio"
          name={asked.name}
          value={option.value}
          defaultChecked={option.value === value}
          required={asked.required}
        />
        <span>
          {option.label}
          {option.hint && <span className="hint">{option.hint}</span>}
        </span>
      </label>
    ))}
  </fieldset>
);

export const Select = ({
  options,
  value,
  ...asked
}: Asked & { options: readonly Option[]; value?: string | undefined }) => (
  <Field {...asked}>
    <select
      id={fieldId(asked.name)}
      name={asked.name}
      defaultValue={value}
      required={asked.required}
      aria-invalid={asked.error ? true : undefined}
      aria-describedby={describedBy(asked)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </Field>
);
