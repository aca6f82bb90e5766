// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraSummary } from '@louver/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { inputClass } from '../design/Field.tsx';
import styles from './CameraPicker.module.css';

function useFound(q: string) {
  return useQuery({
    queryKey: ['cameras', 'pick', q],
    queryFn: async ({ signal }) => call(routes.listCameras, { query: { q, limit: 8 } }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

/** Type a part of a code or a name; arrow keys and Enter choose. */
export function CameraPicker({ onPick }: { onPick: (camera: CameraSummary) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const q = useDeferredValue(text.trim());
  const { data } = useFound(q);
  const found = q === '' ? [] : (data?.items ?? []);
  const pick = (camera: CameraSummary | undefined) => {
    if (camera === undefined) return;
    setText('');
    setOpen(false);
    onPick(camera);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return setOpen(false);
    if (event.key === 'Enter') return pick(found[at]);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || found.length === 0) return undefined;
    event.preventDefault();
    return setAt((at + by + found.length) % found.length);
  };
  const shown = open && q !== '' && data !== undefined;
  return (
    <div className={styles['picker']}>
      <input
        className={inputClass}
        role="combobox"
        aria-label={t('oversight.filters.camera')}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && found.length > 0 ? `${id}-${at}` : undefined}
        placeholder={t('oversight.filters.cameraHint')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={press}
        onBlur={() => setOpen(false)}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('oversight.filters.camera')}
        className={styles['list']}
        hidden={!shown}
      >
        {found.map((camera, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the input above holds the focus and has the keys
          <div
            key={camera.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles['option']}
            // Before the blur, which closes the list.
            onMouseDown={(event) => {
              event.preventDefault();
              pick(camera);
            }}
          >
            <strong>{camera.code}</strong> {camera.name}
          </div>
        ))}
        {found.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled tabIndex={-1} className={styles['nothing']}>
            {t('oversight.filters.cameraNothing')}
          </div>
        )}
      </div>
    </div>
  );
}
