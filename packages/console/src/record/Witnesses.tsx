// SPDX-License-Identifier: AGPL-3.0-or-later
import type { LogHealth } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { momentOf, numberOf } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import styles from './PublicPage.module.css';
import { logQuery } from './queries.ts';

type Witness = LogHealth['witnesses'][number];

export function Witnesses() {
  const { t } = useTranslation();
  const { data } = useQuery(logQuery);
  const witnesses = data?.health?.witnesses;
  return (
    <section>
      <h2>{t('record.public.witnesses')}</h2>
      <p className={styles['why']}>{t('record.public.witnessesLead')}</p>
      {witnesses === undefined && <p>{t('record.public.witnessUnknown')}</p>}
      {witnesses?.length === 0 && <p className={styles['none']}>{t('record.public.noWitness')}</p>}
      {witnesses !== undefined && witnesses.length > 0 && (
        <ul className={styles['witnesses']}>
          {witnesses.map((witness) => (
            <Row key={witness.name} witness={witness} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ witness: { name, lastCosignedSize: size, lastSeenAt, problem } }: { witness: Witness }) {
  const { t } = useTranslation();
  const good = problem === null && size > 0;
  return (
    <li>
      <Icon name={good ? 'check' : 'clock'} />
      <div>
        <strong>{name}</strong>
        <p>
          {size > 0 && lastSeenAt !== null
            ? t('record.public.witnessGood', { count: size, formatted: numberOf(size), time: momentOf(lastSeenAt) })
            : t('record.public.witnessNever')}
        </p>
        {problem !== null && (
          <p>
            {t('record.public.witnessProblem')}: <span lang="en">{problem}</span>
          </p>
        )}
      </div>
    </li>
  );
}
