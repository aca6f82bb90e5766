// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId, Camera, MaskSet } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { Segments } from '../design/Segments.tsx';
import styles from './MaskEditor.module.css';

interface HeadProps {
  camera: Camera;
  aim: { id: AimId };
  base: MaskSet | undefined;
  start: MaskSet | undefined;
  pending: MaskSet | undefined;
  onAim: (aim: AimId) => void;
}

export function EditorHead({ camera, aim, base, start, pending, onAim }: HeadProps) {
  const { t } = useTranslation();
  return (
    <header className={styles['head']}>
      <h1>{t('masks.editor.title', { camera: camera.code })}</h1>
      <p>
        {camera.name} ·{' '}
        {start !== undefined
          ? t('masks.editor.begunFrom', { version: start.version })
          : base === undefined
            ? t('masks.editor.basedOnNothing')
            : t('masks.editor.basedOn', { version: base.version })}
      </p>
      {camera.aims.length > 1 && (
        <Segments
          label={t('masks.editor.aim')}
          value={aim.id}
          onChange={onAim}
          options={camera.aims.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {pending !== undefined && (
        <p className={styles['pending']}>{t('masks.editor.pending', { version: pending.version })}</p>
      )}
    </header>
  );
}
