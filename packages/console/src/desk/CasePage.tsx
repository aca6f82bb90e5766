// SPDX-License-Identifier: AGPL-3.0-or-later
import type { DeskCase } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/i18n.ts';
import { dayOf } from '../app/times.ts';
import { nameOfArea } from '../cameras/areas.ts';
import { Icon } from '../design/Icon.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { useHomeName } from '../exposures/words.ts';
import { Trouble } from '../oversight/Trouble.tsx';
import { Acts } from './Acts.tsx';
import styles from './CasePage.module.css';
import { ClockLine, DaysTag } from './ClockLine.tsx';
import { History } from './History.tsx';
import { Measured } from './Measured.tsx';
import { Parties } from './Parties.tsx';
import { Part } from './Part.tsx';
import { Photos } from './Photos.tsx';
import { caseQuery, useLiveCases } from './queries.ts';
import { Talk } from './Talk.tsx';

const pageApi = getRouteApi('/room/desk/$complaintId');

/** One case: what it is about on the left, what the law wants and what can be done about it on the right. */
export function CasePage() {
  const { t } = useTranslation();
  const { complaintId } = pageApi.useParams();
  const { data: found, error, refetch } = useQuery(caseQuery(complaintId));
  useLiveCases();
  return (
    <div className={styles['page']}>
      <Link to="/desk" className={styles['back']}>
        <Icon name="left" size={14} />
        {t('desk.back')}
      </Link>
      {error !== null && <Trouble error={error} onRetry={() => void refetch()} />}
      {found === undefined && error === null && <Skeleton rows={8} />}
      {found !== undefined && <Whole key={found.id} found={found} />}
    </div>
  );
}

function Whole({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  return (
    <>
      <Head found={found} />
      <div className={styles['columns']}>
        <div>
          <Written found={found} />
          <About found={found} />
          <Measured found={found} />
          <Photos found={found} />
          <Talk found={found} />
          <Part title={t('desk.history.title')}>
            <History events={found.history} />
          </Part>
        </div>
        <aside className={styles['side']}>
          <Acts found={found} />
          <Part title={t('desk.clocks')}>
            <ul>
              {found.clocks.map((clock) => (
                <ClockLine key={clock.id} clock={clock} />
              ))}
            </ul>
            <p className={styles['rules']}>{t('desk.rules', { rules: found.rules.title[currentLanguage()] })}</p>
          </Part>
          <Parties found={found} />
        </aside>
      </div>
    </>
  );
}

function Head({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const clock = found.late[0] ?? found.next;
  return (
    <header className={styles['head']}>
      <p className={styles['reference']}>
        {found.reference} · {t(`desk.level.${found.level}`)}
      </p>
      <h1>{t(`desk.kind.${found.kind}`)}</h1>
      <p className={styles['standing']}>
        <strong>{t(`desk.stage.${found.stage}`)}</strong>
        {clock !== null && <DaysTag clock={clock} />}
      </p>
      <p className={styles['filed']}>
        {t('desk.filed', { day: dayOf(found.filedAt), place: nameOfArea(found.jurisdiction) })}
        {found.affected > 1 && ` · ${t('desk.affected', { count: found.affected })}`}
      </p>
    </header>
  );
}

function Written({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const affected = found.parties.filter(({ role, text }) => role === 'affected' && text !== '');
  return (
    <>
      <Part title={t('desk.told')}>
        <blockquote className={styles['words']}>{found.text}</blockquote>
      </Part>
      {affected.map(({ label, text }) => (
        <Part key={label} title={t('desk.toldBy', { label })}>
          <blockquote className={styles['words']}>{text}</blockquote>
        </Part>
      ))}
    </>
  );
}

function About({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const nameOfHome = useHomeName();
  const { camera, home, place } = found;
  return (
    <dl className={styles['facts']}>
      {camera !== null && (
        <>
          <dt>{t('desk.camera')}</dt>
          <dd>
            <Link to="/" search={{ camera: camera.id }}>
              {`${camera.code} · ${camera.name}`}
            </Link>
          </dd>
        </>
      )}
      {place !== null && (
        <>
          <dt>{t('desk.home')}</dt>
          <dd>{home === null ? t('desk.noHome') : nameOfHome(home)}</dd>
          <dt>{t('desk.place')}</dt>
          <dd>{`${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`}</dd>
        </>
      )}
    </dl>
  );
}
