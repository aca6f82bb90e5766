// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Action, FindingRow } from '@louver/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { durationOf, momentOf, numberOf } from '../app/times.ts';
import { useAreaName } from '../cameras/areas.ts';
import { buttonClass } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { ClockSign } from '../exposures/Signs.tsx';
import { localDayOf } from '../oversight/local-day.ts';
import { may, useSession } from '../session/session.ts';
import styles from './FindingsPage.module.css';
import { SceneForm } from './SceneForm.tsx';
import { stopEvidenceOf } from './stop-evidence.ts';

const SIGNS = {
  'home-exposed': 'home',
  'masks-not-flat': 'masks',
  'scene-shift': 'camera',
  'masks-expiring': 'clock',
  'aim-uncalibrated': 'place',
} as const;

/** One finding in sentences: what, where, since when, what was seen, who may let it go on, and where the proof is. */
export function FindingItem({ finding, now }: { finding: FindingRow; now: number }) {
  const { t } = useTranslation();
  const areaName = useAreaName();
  const { kind, state, camera, aim, openedAt, closedAt } = finding;
  const open = state === 'open';
  return (
    <li className={styles['item']} data-state={state}>
      <span className={styles['sign']}>
        <Icon name={SIGNS[kind]} size={18} />
      </span>
      <div className={styles['what']}>
        <h2>{t(`findings.kind.${kind}`)}</h2>
        <p className={styles['where']}>
          <strong>{camera.code}</strong> {camera.name} · {areaName(camera.jurisdiction)} ·{' '}
          {t('findings.aim', { name: aim.name })}
        </p>
        <p>
          {open
            ? t('findings.since', {
                when: momentOf(openedAt),
                time: durationOf((now - Date.parse(openedAt)) / 1000),
              })
            : t('findings.ended', { from: momentOf(openedAt), to: momentOf(closedAt ?? openedAt) })}
        </p>
        <Evidence finding={finding} />
        <Links finding={finding} />
      </div>
      <ClockSign finding={finding} now={now} />
    </li>
  );
}

function Evidence({ finding }: { finding: FindingRow }) {
  const { t } = useTranslation();
  if (finding.kind === 'home-exposed') return <p>{t('findings.homes', { count: finding.homes })}</p>;
  if (finding.kind === 'scene-shift')
    return (
      <>
        <p>{t('findings.shifted')}</p>
        <SceneForm findingId={finding.findingId} />
      </>
    );
  if (finding.kind === 'masks-expiring') return <p>{t('findings.expiring', { when: momentOf(finding.dueAt) })}</p>;
  if (finding.kind === 'aim-uncalibrated')
    return <p>{t(finding.state === 'open' ? 'findings.uncalibrated' : 'findings.calibrated')}</p>;
  const stop = stopEvidenceOf(finding);
  return (
    <>
      {stop !== undefined && (
        <p>
          {t(`findings.stopped.${stop.output}`)} · {t('findings.masks', { version: stop.version })}.{' '}
          {stop.luma === null || stop.chroma === null
            ? t('findings.unreadable')
            : t('findings.off', { luma: numberOf(stop.luma), chroma: numberOf(stop.chroma) })}
        </p>
      )}
      <p>{t(finding.state === 'open' ? 'findings.goesOn' : 'findings.wentOn')}</p>
    </>
  );
}

const ACTIONS: Record<FindingRow['kind'], Action[]> = {
  'home-exposed': ['finding.open', 'finding.decide', 'finding.close', 'mask.enforce', 'mask.approve', 'mask.reject'],
  'masks-not-flat': ['finding.open', 'finding.close', 'output.stop'],
  'scene-shift': ['finding.open', 'finding.decide', 'finding.close'],
  'masks-expiring': ['finding.open', 'finding.close', 'mask.approve'],
  'aim-uncalibrated': ['finding.open', 'finding.close', 'aim.create', 'aim.change'],
};

function Links({ finding }: { finding: FindingRow }) {
  const { t } = useTranslation();
  const session = useSession();
  const { kind, state, camera, aim, findingId, maskSetId, openedAt, closedAt } = finding;
  const decide = state === 'open' && may(session, 'finding.decide');
  return (
    <p className={styles['links']}>
      {kind === 'home-exposed' && (
        <Link
          to="/exposures/$findingId"
          params={{ findingId }}
          className={buttonClass({ look: decide ? 'primary' : 'plain' })}
          aria-label={`${t(decide ? 'findings.open' : 'findings.look')}: ${camera.code}`}
        >
          {t(decide ? 'findings.open' : 'findings.look')}
        </Link>
      )}
      {(kind === 'aim-uncalibrated' || kind === 'scene-shift') && state === 'open' && may(session, 'aim.change') && (
        <Link
          to="/cameras/$cameraId/edit"
          params={{ cameraId: camera.id }}
          search={{ aim: aim.id }}
          className={buttonClass({ look: 'primary' })}
          aria-label={`${t(kind === 'scene-shift' ? 'findings.correct' : 'findings.calibrate')}: ${camera.code}`}
        >
          {t(kind === 'scene-shift' ? 'findings.correct' : 'findings.calibrate')}
        </Link>
      )}
      {kind !== 'home-exposed' && maskSetId !== null && (
        <Link
          to="/masks/$maskSetId"
          params={{ maskSetId }}
          search={{ camera: camera.id }}
          className={buttonClass()}
          aria-label={`${t('findings.masksLink')}: ${camera.code}`}
        >
          {t('findings.masksLink')}
        </Link>
      )}
      {may(session, 'record.read') && (
        <Link
          to="/oversight/records"
          search={{
            camera: camera.id,
            action: ACTIONS[kind],
            range: 'custom',
            from: localDayOf(Date.parse(openedAt)),
            ...(closedAt === null ? {} : { to: localDayOf(Date.parse(closedAt)) }),
          }}
          className={buttonClass({ look: 'quiet' })}
          aria-label={`${t('findings.record')}: ${camera.code}`}
        >
          {t('findings.record')}
        </Link>
      )}
    </p>
  );
}
