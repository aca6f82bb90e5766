// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Notice } from '../design/Notice.tsx';
import { useSession } from './session.ts';

/** For those who have no page of their own yet. */
export function WelcomePage() {
  const { t } = useTranslation();
  const { name, role } = useSession();
  return (
    <Notice
      page
      title={t('app.welcome.title', { name })}
      why={t(role === 'custodian' ? 'app.welcome.custodian' : 'app.welcome.other')}
    />
  );
}
