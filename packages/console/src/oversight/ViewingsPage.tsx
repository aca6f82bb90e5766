// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Notice } from '../design/Notice.tsx';

export function ViewingsPage() {
  const { t } = useTranslation();
  return <Notice page title={t('oversight.title')} />;
}
