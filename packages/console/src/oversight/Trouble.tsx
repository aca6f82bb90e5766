// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import { Button } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';

/** The words for a refusal, or for no answer at all. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) =>
    isProblem(error, 'unreachable')
      ? t('app.lost.why')
      : t(`problems.${isProblem(error) ? (error.slug as 'unexpected') : 'unexpected'}`);
}

/** A part of a page that could not be loaded. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  return (
    <Notice
      urgent
      title={t(isProblem(error, 'unreachable') ? 'app.lost.title' : 'app.failed.title')}
      why={words(error)}
    >
      <Button icon="reload" onClick={onRetry}>
        {t('app.retry')}
      </Button>
    </Notice>
  );
}
