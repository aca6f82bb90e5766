// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { Button } from '../design/Button.tsx';
import { sessionQuery, useSession } from '../session/session.ts';
import styles from './AccountMenu.module.css';
import { LanguageChoice, ThemeChoice } from './Choices.tsx';

/** First letters of the first and the last word: in Vietnamese the given name stands last. */
const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
};

export function useSignOut() {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async () => call(routes.closeSession, {}),
    // Whatever the answer: nobody stays signed in on a screen that said it signs out.
    onSettled: async () => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      await router.navigate({ to: '/login' });
    },
  });
}

export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const signOut = useSignOut();
  const [open, setOpen] = useState(false);
  const wrap = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);

  // A click beside the menu folds it; Esc does too and gives the focus back.
  useEffect(() => {
    if (!open) return undefined;
    const beside = (event: PointerEvent) => {
      if (!wrap.current?.contains(event.target as Node)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      setOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener('pointerdown', beside);
    document.addEventListener('keydown', escape, true);
    return () => {
      document.removeEventListener('pointerdown', beside);
      document.removeEventListener('keydown', escape, true);
    };
  }, [open]);

  return (
    <div className={styles['wrap']} ref={wrap}>
      <button
        ref={trigger}
        type="button"
        className={styles['trigger']}
        aria-expanded={open}
        aria-controls="account-menu"
        aria-label={t('app.account.menu', { name: session.name })}
        onClick={() => setOpen(!open)}
      >
        <span className={styles['initials']}>{initialsOf(session.name)}</span>
        <span className={styles['who']}>
          <span>{session.name}</span>
          <span className={styles['role']}>{t(`app.role.${session.role}`)}</span>
        </span>
      </button>
      {open && (
        <div className={styles['menu']} id="account-menu">
          <div className={styles['head']}>
            <strong>{session.name}</strong>
            <p>
              {t(`app.role.${session.role}`)} · {session.email}
            </p>
          </div>
          <div className={styles['choice']}>
            <span>{t('app.account.theme')}</span>
            <ThemeChoice />
          </div>
          <div className={styles['choice']}>
            <span>{t('app.account.language')}</span>
            <LanguageChoice />
          </div>
          <div className={styles['foot']}>
            <Button
              look="quiet"
              icon="keyboard"
              onClick={() => {
                setOpen(false);
                onHelp();
              }}
            >
              {t('app.account.keyboard')}
            </Button>
            <Button look="quiet" icon="out" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
              {t('app.account.signOut')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
