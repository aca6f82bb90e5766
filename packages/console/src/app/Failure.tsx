// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';
import { sessionQuery } from '../session/session.ts';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Notice page title={t('app.notFound.title')} why={t('app.notFound.why')}>
      <Link to="/" className={buttonClass({ look: 'primary' })}>
        {t('app.home')}
      </Link>
    </Notice>
  );
}

function Refused() {
  const { t } = useTranslation();
  const role = useQueryClient().getQueryData(sessionQuery.queryKey)?.role;
  const why = role === undefined ? undefined : t('app.refused.why', { role: t(`app.role.${role}`) });
  return (
    <Notice page urgent title={t('app.refused.title')} why={why}>
      <Link to="/" className={buttonClass({ look: 'primary' })}>
        {t('app.home')}
      </Link>
    </Notice>
  );
}

/** What a page shows instead of itself when it threw: refused, no answer, or a fault of ours. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  if (isProblem(error, 'not-permitted')) return <Refused />;
  const again = () => {
    reset();
    void router.invalidate();
  };
  const lost = isProblem(error, 'unreachable');
  const requestId = isProblem(error) ? error.document?.requestId : undefined;
  return (
    <Notice
      page
      urgent
      title={t(lost ? 'app.lost.title' : 'app.failed.title')}
      why={t(lost ? 'app.lost.why' : 'app.failed.why')}
    >
      <Button look="primary" icon="reload" onClick={again}>
        {t('app.retry')}
      </Button>
      {requestId !== undefined && <code>{t('app.failed.code', { id: requestId })}</code>}
    </Notice>
  );
}
