// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import styles from './Drawer.module.css';

/** A modal that comes from the right and keeps the page beside it readable. Esc and the backdrop close it. */
export function Drawer({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  // A <dialog> is modal only when it is opened by a call.
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a click on the backdrop repeats what Esc does
    <dialog
      ref={ref}
      className={styles['drawer']}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className={styles['inside']}>
        <div className={styles['head']}>
          <h2>{title}</h2>
          <IconButton icon="close" label={t('app.close')} onClick={() => ref.current?.close()} />
        </div>
        <div className={styles['body']}>{children}</div>
      </div>
    </dialog>
  );
}
