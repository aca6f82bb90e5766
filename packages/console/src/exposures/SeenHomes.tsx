// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Camera } from '@louver/contract';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DoriLevel } from '@louver/contract';
import { may, useSession } from '../session/session.ts';
import { nearestOf } from './homes.ts';
import { openOfCameraQuery, seenQuery, useFreshExposures } from './queries.ts';
import styles from './SeenHomes.module.css';
import { metresOf } from './words.ts';

/** What a camera sees of homes, in a sentence for each aim; nothing at all for those who may not know. */
export function SeenHomes({ camera }: { camera: Camera }) {
  const session = useSession();
  if (!may(session, 'exposure.read') || camera.aims.length === 0) return null;
  return <Sentences camera={camera} />;
}

function Sentences({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const session = useSession();
  const seen = useQueries({ queries: camera.aims.map(({ id }) => seenQuery(id)) });
  const mayDecide = may(session, 'finding.read');
  const { data: open } = useQuery({ ...openOfCameraQuery(camera.id), enabled: mayDecide });
  useFreshExposures();
  if (seen.some(({ data }) => data === undefined)) return null;
  return (
    <section className={styles['seen']}>
      <h3>{t('exposures.card.title')}</h3>
      <ul>
        {camera.aims.map((aim, index) => {
          const { run, pending } = seen[index]!.data!;
          const homes = run?.exposures ?? [];
          const finding = open?.find(({ aimId }) => aimId === aim.id);
          return (
            <li key={aim.id}>
              {camera.aims.length > 1 && <strong>{aim.name}</strong>}
              <p>
                {run === null
                  ? t('exposures.card.notYet')
                  : homes.length === 0
                    ? t('exposures.card.none')
                    : t('exposures.card.seen', {
                        count: homes.length,
                        metres: metresOf(nearestOf(homes)),
                        level: lowered(t(`exposures.level.${bestOf(homes)}`)),
                      })}{' '}
                {pending && t('exposures.card.pending')}
              </p>
              {finding !== undefined && (
                <p>
                  {t('exposures.card.flagged', { count: finding.homes })} ·{' '}
                  <Link to="/exposures/$findingId" params={{ findingId: finding.findingId }}>
                    {t('exposures.card.open')}
                  </Link>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const bestOf = (homes: readonly { dori: DoriLevel }[]): DoriLevel =>
  DoriLevel.options[Math.max(...homes.map(({ dori }) => DoriLevel.options.indexOf(dori)))] ?? 'none';

const lowered = (sentence: string): string => sentence.charAt(0).toLocaleLowerCase() + sentence.slice(1);
