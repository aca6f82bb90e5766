// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Hangs from the top and draws no head: for the palette, whose input is its head. */
  bare?: boolean;
  children: ReactNode;
}

/** The platform's own modal: it traps focus, gives it back, and Esc closes it. */
export function Dialog({ title, onClose, bare = false, children }: DialogProps) {
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
      className={`${styles['dialog']} ${bare ? styles['top'] : ''}`}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      {!bare && (
        <div className={styles['head']}>
          <h2>{title}</h2>
          <IconButton icon="close" label={t('app.close')} onClick={() => ref.current?.close()} />
        </div>
      )}
      <div className={bare ? '' : styles['body']}>{children}</div>
    </dialog>
  );
}
