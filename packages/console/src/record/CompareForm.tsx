// SPDX-License-Identifier: AGPL-3.0-or-later
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import styles from './CompareForm.module.css';
import type { CompareResult } from './messages-between.ts';
import { record } from './use-record.ts';

/** A checkpoint is a few hundred bytes; a film chosen by mistake should not be read. */
const MOST_BYTES = 100_000;

/** Holds a checkpoint that somebody kept against the log of today, in the browser. */
export function CompareForm() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const compare = useMutation({
    mutationFn: async (file: File) => record.compare(await file.slice(0, MOST_BYTES).text()),
  });
  return (
    <div className={styles['form']}>
      <Button large icon="look" disabled={compare.isPending} onClick={() => input.current?.click()}>
        {t(compare.isPending ? 'record.public.comparing' : 'record.public.choose')}
      </Button>
      <span className={styles['hint']}>{t('record.public.chooseHint')}</span>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('record.public.choose')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) compare.mutate(file);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      {compare.data !== undefined && <Result result={compare.data} />}
    </div>
  );
}

function Result({ result }: { result: CompareResult }) {
  const { t } = useTranslation();
  const { kind } = result;
  const facts = {
    old: 'oldSize' in result ? numberOf(result.oldSize) : '',
    size: 'size' in result && result.size !== null ? numberOf(result.size) : '',
  };
  return (
    <div className={styles['result']} data-result={kind} role={kind === 'broken' ? 'alert' : 'status'}>
      <Icon name={kind === 'continued' ? 'check' : 'alert'} size={20} />
      <p>
        {t(`record.public.result.${kind}`, facts)}
        {'detail' in result && <code>{result.detail}</code>}
      </p>
    </div>
  );
}
