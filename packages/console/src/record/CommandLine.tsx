// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import styles from './CommandLine.module.css';

/** Something to paste elsewhere. */
export function CommandLine({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className={styles['line']} role="group" aria-label={label}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a line that scrolls has to be reached by keys */}
      <code tabIndex={0}>{text}</code>
      <Button icon={copied ? 'check' : 'copy'} onClick={() => void copy().catch(() => undefined)}>
        <span role="status">{t(copied ? 'record.copied' : 'record.copy')}</span>
      </Button>
    </div>
  );
}
