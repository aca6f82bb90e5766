// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type RecordEntry } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';
import { saveAs } from '../app/save-as.ts';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import { CommandLine } from './CommandLine.tsx';
import { differingFields } from './differing-fields.ts';
import { entriesOf } from './KeptPanel.tsx';
import type { LoggedEntry, ProofResult } from './messages-between.ts';
import styles from './ProvePanel.module.css';
import { record } from './use-record.ts';

interface Proof {
  receipt: string;
  result: ProofResult;
}

async function prove({ seq, digest }: RecordEntry): Promise<Proof> {
  const bytes = await call(routes.readReceipt, { params: { seq }, query: {} });
  const receipt = new TextDecoder().decode(bytes);
  return { receipt, result: await record.prove(digest, receipt) };
}

/** Proves one record by the tree that this browser keeps. Asked for, because the receipt is a reading and goes on the record. */
export function ProvePanel({ entry, atOnce = false }: { entry: RecordEntry; atOnce?: boolean }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const proving = useMutation({ mutationFn: async () => prove(entry) });
  const begin = useEffectEvent(() => {
    if (atOnce) proving.mutate();
  });
  // Whoever came by the row's own button has asked already.
  useEffect(() => {
    const start = setTimeout(() => begin());
    return () => clearTimeout(start);
  }, []);
  const { data, error, isPending } = proving;
  return (
    <div className={styles['panel']} aria-live="polite">
      {data !== undefined && <Result entry={entry} proof={data} />}
      {error !== null && <p>{isProblem(error, 'record-not-sealed') ? t('record.prove.notYet') : words(error)}</p>}
      {isPending ? (
        <p className={styles['working']}>{t('record.prove.working')}</p>
      ) : (
        <Button icon="check" onClick={() => proving.mutate()}>
          {t(data === undefined ? 'record.prove.button' : 'record.prove.again')}
        </Button>
      )}
    </div>
  );
}

function Result({ entry, proof: { receipt, result } }: { entry: RecordEntry; proof: Proof }) {
  const { t } = useTranslation();
  if (result.kind === 'failed')
    return <p>{t(result.why === 'unsupported' ? 'record.verdict.unsupportedWhy' : 'record.prove.failed')}</p>;
  const save = (
    <Button icon="import" onClick={() => saveAs(`louver-${entry.seq}.tlog-proof`, receipt)}>
      {t('record.prove.receipt')}
    </Button>
  );
  if (result.kind === 'false')
    return (
      <div className={styles['false']} role="alert">
        <p className={styles['sentence']}>
          <Icon name="alert" />
          {t('record.prove.false')}
        </p>
        <p>{t('record.prove.falseWhy')}</p>
        <div className={styles['actions']}>{save}</div>
        <p>
          <code>{result.detail}</code>
        </p>
      </div>
    );
  const { index, size, entry: logged } = result;
  const file = `louver-${entry.seq}`;
  return (
    <div>
      <p className={styles['sentence']}>
        <Icon name="check" />
        {t('record.prove.sentence', { place: numberOf(index + 1), entries: entriesOf(t, size) })}
      </p>
      <Sameness entry={entry} logged={logged} />
      <div className={styles['actions']}>
        {save}
        {logged !== null && (
          <Button icon="import" onClick={() => saveAs(`${file}.json`, logged.text, 'application/json')}>
            {t('record.prove.entry')}
          </Button>
        )}
      </div>
      {logged !== null && (
        <>
          <p className={styles['offline']}>{t('record.prove.offline')}</p>
          <CommandLine
            label={t('record.prove.offline')}
            text={`louver verify --vkey louver.vkey --receipt ${file}.tlog-proof --entry ${file}.json`}
          />
        </>
      )}
    </div>
  );
}

/** The place is proved by the hash. Whether the words beside it are those that were hashed is another question. */
function Sameness({ entry, logged }: { entry: RecordEntry; logged: LoggedEntry | null }) {
  const { t } = useTranslation();
  if (logged === null) return <p>{t('record.prove.unseen')}</p>;
  const fields = differingFields(entry, logged);
  if (fields.length === 0) return <p>{t('record.prove.same')}</p>;
  return (
    <p className={styles['false']} role="alert">
      {t('record.prove.differs', { fields: fields.join(', ') })}
    </p>
  );
}
