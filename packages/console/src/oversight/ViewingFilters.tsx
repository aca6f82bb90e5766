// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Viewing } from '@louver/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inputClass } from '../design/Field.tsx';
import { CameraChip } from './CameraChip.tsx';
import { CameraPicker } from './CameraPicker.tsx';
import { Chip } from './Chip.tsx';
import styles from './Filters.module.css';
import type { ViewingSearch } from './search.ts';
import { SpanFilter } from './SpanFilter.tsx';

interface FiltersProps {
  search: ViewingSearch;
  onChange: (change: Partial<ViewingSearch>) => void;
  /** What is listed: names stand there, an address holds ids alone. */
  listed: readonly Viewing[];
}

export function ViewingFilters({ search, onChange, listed }: FiltersProps) {
  const { t } = useTranslation();
  const { camera, person, account } = search;
  const nameOf = (id: string, found: Viewing | undefined) => found?.account.name ?? id.slice(0, 8);
  return (
    <section className={styles['filters']} aria-label={t('oversight.filters.label')}>
      <SpanFilter span={search} onChange={onChange} />
      {camera === undefined && <CameraPicker onPick={({ id }) => onChange({ camera: id })} />}
      <TextFilter q={search.q} onChange={(q) => onChange({ q })} />
      <div className={styles['chips']}>
        {camera !== undefined && <CameraChip cameraId={camera} onDrop={() => onChange({ camera: undefined })} />}
        {person !== undefined && (
          <Chip
            what={t('oversight.filters.person', {
              name: nameOf(
                person,
                listed.find((one) => one.person === person),
              ),
            })}
            onDrop={() => onChange({ person: undefined })}
          />
        )}
        {account !== undefined && (
          <Chip
            what={t('oversight.filters.account', {
              name: nameOf(
                account,
                listed.find((one) => one.account.id === account),
              ),
            })}
            onDrop={() => onChange({ account: undefined })}
          />
        )}
      </div>
    </section>
  );
}

/** Asks after a pause in typing, and at once on Enter. */
function TextFilter({ q, onChange }: { q: string | undefined; onChange: (q: string | undefined) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(q ?? '');
  const [typed, setTyped] = useState(false);
  const [seen, setSeen] = useState(q);
  // The address changed under the field: by the back button, or because the filters were cleared.
  if (q !== seen) {
    setSeen(q);
    if ((q ?? '') !== text.trim()) setText(q ?? '');
  }
  const submit = () => {
    setTyped(false);
    if (text.trim() !== (q ?? '')) onChange(text.trim() || undefined);
  };
  // A pause in typing is told by a clock.
  useEffect(() => {
    if (!typed) return undefined;
    const timer = setTimeout(submit, 400);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="search"
      className={`${inputClass} ${styles['text']}`}
      aria-label={t('oversight.filters.text')}
      placeholder={t('oversight.filters.text')}
      maxLength={100}
      value={text}
      onChange={(event) => {
        setTyped(true);
        setText(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') submit();
      }}
    />
  );
}
