// SPDX-License-Identifier: AGPL-3.0-or-later
import { Action } from '@louver/contract';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/Icon.tsx';
import { useActionWords } from './Entry.tsx';
import styles from './Filters.module.css';

/** Reading the inventory leaves no entry, so there is nothing to filter by. Reading the record does. */
const UNRECORDED: ReadonlySet<Action> = new Set(['camera.read', 'mask.read']);
const RECORDED = Action.options.filter((action) => !UNRECORDED.has(action));

export function ActionFilter({ chosen, onChange }: { chosen: Action[]; onChange: (chosen: Action[]) => void }) {
  const { t } = useTranslation();
  const words = useActionWords();
  const ref = useRef<HTMLDetailsElement>(null);
  const toggle = (action: Action) =>
    onChange(chosen.includes(action) ? chosen.filter((one) => one !== action) : [...chosen, action]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc and leaving close what the summary opens
    <details
      ref={ref}
      className={styles['menu']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        ref.current!.open = false;
        ref.current!.querySelector('summary')!.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget))
          ref.current!.open = false;
      }}
    >
      <summary>
        {chosen.length === 0
          ? `${t('oversight.filters.actions')}: ${t('oversight.filters.allActions').toLocaleLowerCase()}`
          : t('oversight.filters.actionsCount', { count: chosen.length })}
        <Icon name="down" size={12} />
      </summary>
      <div className={styles['panel']} role="group" aria-label={t('oversight.filters.actions')}>
        {RECORDED.map((action) => (
          <label key={action} className={styles['option']}>
            <input type="checkbox" checked={chosen.includes(action)} onChange={() => toggle(action)} />
            {words(action)}
          </label>
        ))}
      </div>
    </details>
  );
}
