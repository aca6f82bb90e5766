// SPDX-License-Identifier: AGPL-3.0-or-later
import type { KeyboardEvent } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Segments.module.css';

interface Option<V extends string> {
  value: V;
  label: string;
  icon?: IconName;
}

/** One of a few. Arrow keys move the choice, as in every radio group. */
export function Segments<V extends string>(props: {
  label: string;
  options: readonly Option<V>[];
  value: V;
  onChange: (value: V) => void;
  /** Shows the signs alone; the words stay for those who do not see them. */
  signs?: boolean;
}) {
  const step = (event: KeyboardEvent<HTMLButtonElement>, index: number) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = (index + by + props.options.length) % props.options.length;
    const next = props.options[at];
    if (next === undefined) return;
    props.onChange(next.value);
    (event.currentTarget.parentElement?.children[at] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className={styles['segments']} role="radiogroup" aria-label={props.label}>
      {props.options.map((option, index) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === props.value}
          tabIndex={option.value === props.value ? 0 : -1}
          className={styles['segment']}
          title={props.signs === true ? option.label : undefined}
          onClick={() => props.onChange(option.value)}
          onKeyDown={(event) => step(event, index)}
        >
          {option.icon !== undefined && <Icon name={option.icon} size={14} />}
          <span className={props.signs === true ? 'visually-hidden' : undefined}>{option.label}</span>
        </button>
      ))}
    </div>
  );
}
