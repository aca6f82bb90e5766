// SPDX-License-Identifier: AGPL-3.0-or-later
import { useId, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/Icon.tsx';
import styles from './FileDrop.module.css';
import { MOST_BYTES, mediaTypeOf, sizeOf } from './import-file.ts';

interface DropProps {
  file: File | undefined;
  disabled: boolean;
  onFile: (file: File, type: string) => void;
}

/** A field for a file, as large as a hand: drop it, or choose it with keys or a pointer. */
export function FileDrop({ file, disabled, onFile }: DropProps) {
  const { t } = useTranslation();
  const id = useId();
  const [over, setOver] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const take = (chosen: File | undefined) => {
    if (chosen === undefined || disabled) return;
    const type = mediaTypeOf(chosen.name);
    if (type === undefined) setTrouble(t('imports.wrongType'));
    else if (chosen.size > MOST_BYTES) setTrouble(t('imports.tooLarge', { size: sizeOf(chosen.size) }));
    else {
      setTrouble(undefined);
      onFile(chosen, type);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a short cut for the input inside, which has the keys */}
      <label
        htmlFor={id}
        className={`${styles['drop']} ${over ? styles['over'] : ''} ${file === undefined ? '' : styles['filled']}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name={file === undefined ? 'import' : 'record'} size={file === undefined ? 28 : 22} />
        <span>
          <strong>
            {over
              ? t('imports.dropNow')
              : file === undefined
                ? t('imports.drop')
                : t('imports.chosen', { name: file.name, size: sizeOf(file.size) })}
          </strong>
          <span className={styles['choose']}>{t(file === undefined ? 'imports.choose' : 'imports.another')}</span>
        </span>
        <input
          id={id}
          type="file"
          className="visually-hidden"
          accept=".geojson,.json,.csv,application/geo+json,application/json,text/csv"
          disabled={disabled}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            // The same file may be chosen again after it was corrected.
            event.currentTarget.value = '';
          }}
        />
      </label>
      <p id={`${id}-hint`} className={styles['hint']}>
        {t('imports.formats')}
      </p>
      {trouble !== undefined && (
        <p role="alert" className={styles['trouble']}>
          <Icon name="alert" size={14} />
          {trouble}
        </p>
      )}
    </div>
  );
}
