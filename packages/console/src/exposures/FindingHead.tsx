// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Finding, FindingId } from '@louver/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../app/times.ts';
import { useAreaName } from '../cameras/areas.ts';
import { buttonClass } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { useNow } from '../oversight/use-now.ts';
import styles from './FindingPage.module.css';
import type { QueueSearch } from './search.ts';
import { ClockSign, coverOf, CoverSign, LevelSign } from './Signs.tsx';

interface HeadProps {
  finding: Finding;
  measuredAt: string | undefined;
  neighbours: { previous: FindingId | undefined; next: FindingId | undefined };
  search: QueueSearch;
}

export function FindingHead({ finding, measuredAt, neighbours, search }: HeadProps) {
  const { t } = useTranslation();
  const areaName = useAreaName();
  const now = useNow(finding.state === 'open');
  const { camera } = finding;
  return (
    <header className={styles['head']}>
      <div className={styles['way']}>
        <Link to="/exposures" search={search} className={styles['back']}>
          <Icon name="left" size={14} />
          {t('exposures.finding.back')}
        </Link>
        <span className={styles['beside']}>
          {(['previous', 'next'] as const).map((way) => {
            const id = neighbours[way];
            return id === undefined ? null : (
              <Link
                key={way}
                to="/exposures/$findingId"
                params={{ findingId: id }}
                search={search}
                className={buttonClass({ look: 'quiet' })}
              >
                {t(`exposures.finding.${way}`)}
              </Link>
            );
          })}
        </span>
      </div>
      <h1>
        {camera.code}
        <small>
          {camera.name} · {areaName(camera.jurisdiction)} ·{' '}
          {t('exposures.finding.opened', { when: momentOf(finding.openedAt) })}
          {measuredAt !== undefined && ` · ${t('exposures.finding.measured', { when: momentOf(measuredAt) })}`}
        </small>
      </h1>
      <div className={styles['facts']}>
        <LevelSign level={finding.dori} density={finding.pixelsPerMetre} />
        <ClockSign finding={finding} now={now} />
        {finding.state === 'open' && (
          <span className={styles['cover']}>
            <CoverSign finding={finding} />
            <small>{t(`exposures.cover.${coverOf(finding)}Why`)}</small>
          </span>
        )}
      </div>
      {finding.uncalibrated && <p className={styles['ordered']}>{t('exposures.uncalibratedWhy')}</p>}
      {finding.newAimOrderedAt !== null && finding.state === 'open' && (
        <p className={styles['ordered']}>{t('exposures.orderedAt', { when: momentOf(finding.newAimOrderedAt) })}</p>
      )}
    </header>
  );
}
