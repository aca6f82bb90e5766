// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type AuditorToken, type NewAuditorToken } from '@louver/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { dayOf, momentOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { Table } from '../design/Table.tsx';
import { PageHead } from '../oversight/PageHead.tsx';
import { Trouble, useProblemWords } from '../oversight/Trouble.tsx';
import { CommandLine } from './CommandLine.tsx';
import { saveKeys } from './files.ts';
import { tokensQuery, tokenStateOf } from './queries.ts';
import { TokenForm } from './TokenForm.tsx';
import styles from './TokensPage.module.css';
import { useRecord } from './use-record.ts';

/** Tokens with which an auditor's own software reads the entries. */
export function TokensPage() {
  const { t } = useTranslation();
  const query = useQuery(tokensQuery);
  const [made, setMade] = useState<NewAuditorToken>();
  const [revoking, setRevoking] = useState<AuditorToken>();
  return (
    <>
      <PageHead title={t('record.tokens.title')} lead={t('record.tokens.lead')} summary={null}>
        {null}
      </PageHead>
      <TokenForm onMade={setMade} />
      {query.isPending && <Skeleton rows={4} />}
      {query.isError && <Trouble error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <Notice title={t('record.tokens.empty')} why={t('record.tokens.emptyWhy')} />}
      {query.data !== undefined && query.data.length > 0 && <TokenTable tokens={query.data} onRevoke={setRevoking} />}
      {made !== undefined && <Once made={made} onClose={() => setMade(undefined)} />}
      {revoking !== undefined && <Revoke token={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

const COLUMNS = ['label', 'made', 'expires', 'state', 'act'] as const;

function TokenTable({
  tokens,
  onRevoke,
}: {
  tokens: readonly AuditorToken[];
  onRevoke: (token: AuditorToken) => void;
}) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  return (
    <Table
      caption={t('record.tokens.table')}
      columns={COLUMNS.map((key) => ({ key, label: t(`record.tokens.${key}`), unseen: key === 'act' }))}
      foldsAt={860}
      className={styles['table']}
    >
      <tbody>
        {tokens.map((token) => {
          const state = tokenStateOf(token, now);
          return (
            <tr key={token.id} data-state={state}>
              <th scope="row">{token.label}</th>
              <td>{momentOf(token.createdAt)}</td>
              <td>{dayOf(token.expiresAt)}</td>
              <td>
                <span className={styles['state']}>
                  <i aria-hidden="true" />
                  {t(`record.tokens.${state}`, { time: token.revokedAt === null ? '' : momentOf(token.revokedAt) })}
                </span>
              </td>
              <td>
                {state === 'live' && (
                  <Button look="quiet" onClick={() => onRevoke(token)}>
                    {t('record.tokens.revoke')}
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** The only time that anybody sees the token. */
function Once({ made, onClose }: { made: NewAuditorToken; onClose: () => void }) {
  const { t } = useTranslation();
  const { memory } = useRecord();
  return (
    <Dialog title={t('record.tokens.onceTitle')} onClose={onClose}>
      <p>{t('record.tokens.onceWhy')}</p>
      <div className={styles['once']}>
        <h3>{t('record.tokens.token', { label: made.label })}</h3>
        <CommandLine label={t('record.tokens.token', { label: made.label })} text={made.token} />
        <p>{t('record.tokens.how')}</p>
        <CommandLine
          label={t('record.elsewhere.command')}
          text={`louver verify ${location.origin}/log --vkey louver.vkey --token-file token.txt`}
        />
      </div>
      <div className={styles['actions']}>
        <Button look="primary" onClick={onClose}>
          {t('record.tokens.done')}
        </Button>
        {memory !== null && (
          <Button icon="import" onClick={() => saveKeys(memory.keys)}>
            {t('record.kept.saveKey')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Revoke({ token, onClose }: { token: AuditorToken; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const revoke = useMutation({
    mutationFn: async () => call(routes.revokeAuditorToken, { params: { tokenId: token.id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={t('record.tokens.revokeTitle', { label: token.label })} onClose={onClose}>
      <p>{t('record.tokens.revokeWhy')}</p>
      {revoke.error !== null && <p role="alert">{words(revoke.error)}</p>}
      <div className={styles['actions']}>
        <Button look="primary" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('record.tokens.revoke')}
        </Button>
        <Button onClick={onClose}>{t('record.tokens.keepIt')}</Button>
      </div>
    </Dialog>
  );
}
