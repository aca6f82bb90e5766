// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';
import { LanguageChoice } from '../app/Choices.tsx';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { Mark } from '../design/Mark.tsx';
import { Blind } from './Blind.tsx';
import styles from './LoginPage.module.css';
import { landingOf, sessionQuery } from './session.ts';

const loginApi = getRouteApi('/login');

/** Seconds left of a pause that the server asked for. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  // A clock that ticks while somebody has to wait.
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

function useLogin(onThrottled: (seconds: number) => void) {
  const client = useQueryClient();
  const router = useRouter();
  const { next } = loginApi.useSearch();
  return useMutation({
    mutationFn: async (body: { email: string; password: string }) => call(routes.openSession, { body }),
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await router.invalidate();
      if (next === undefined) await router.navigate({ to: landingOf(session) });
      else router.history.push(next);
    },
    onError: (error) => {
      if (isProblem(error, 'too-many-attempts')) onThrottled(Math.ceil(error.retryAfter ?? 30));
    },
  });
}

export function LoginPage() {
  const { t } = useTranslation();
  const { ended } = loginApi.useSearch();
  const [missing, setMissing] = useState<'email' | 'password'>();
  const [wait, setWait] = useCountdown();
  const login = useLogin(setWait);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const [email, password] = [given('email').trim(), given('password')];
    const lacks = /^\S+@\S+$/.test(email) ? (password === '' ? 'password' : undefined) : 'email';
    setMissing(lacks);
    if (lacks === undefined) login.mutate({ email, password });
    else event.currentTarget.querySelector<HTMLInputElement>(`[name=${lacks}]`)?.focus();
  };

  return (
    <main className={styles['page']}>
      <div className={styles['side']}>
        <Blind className={styles['blind']} />
        <p className={styles['brand']}>
          <Mark size={34} />
          <span>
            Louver
            <span className={styles['product']}>{t('app.product')}</span>
          </span>
        </p>
      </div>
      <div className={styles['ask']}>
        <div className={styles['language']}>
          <LanguageChoice />
        </div>
        <h1>{t('session.question')}</h1>
        <p className={styles['promise']}>{t('session.promise')}</p>
        <form className={styles['form']} onSubmit={submit} noValidate>
          <LoginProblem error={login.error} wait={wait} ended={ended !== undefined} />
          <Field
            large
            label={t('session.email')}
            name="email"
            type="email"
            autoComplete="username"
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the only question of the page
            autoFocus
            error={missing === 'email' ? t('session.emailMissing') : undefined}
          />
          <Field
            large
            label={t('session.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            error={missing === 'password' ? t('session.passwordMissing') : undefined}
          />
          <Button type="submit" look="primary" large wide disabled={login.isPending || wait > 0}>
            {login.isPending ? t('session.submitting') : t('session.submit')}
          </Button>
        </form>
        <p className={styles['public']}>
          <Link to="/so-truy-cap">{t('record.public.link')}</Link>
        </p>
        <p className={styles['public']}>
          <a href={t('session.publicPath')}>{t('session.public')}</a>
        </p>
      </div>
    </main>
  );
}

function LoginProblem({ error, wait, ended }: { error: Error | null; wait: number; ended: boolean }) {
  const { t } = useTranslation();
  const words =
    wait > 0
      ? t('session.wait', { seconds: wait })
      : error === null
        ? ended
          ? t('session.ended')
          : undefined
        : isProblem(error, 'unreachable')
          ? t('session.unreachable')
          : t(`problems.${isProblem(error) ? (error.slug as 'unexpected') : 'unexpected'}`);
  if (words === undefined) return null;
  return (
    <p className={styles['problem']} role={wait > 0 ? undefined : 'alert'}>
      {words}
    </p>
  );
}
