// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Camera, CameraId } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { durationOf, exactly, momentOf } from '../app/times.ts';
import { Button, buttonClass, IconButton } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { Slats } from '../design/Slats.tsx';
import { SeenHomes } from '../exposures/SeenHomes.tsx';
import { may, useSession } from '../session/session.ts';
import { useAreaName } from './areas.ts';
import styles from './CameraCard.module.css';
import { Compass, compassName } from './Compass.tsx';
import { OnDeviceMasksNote } from './OnDeviceMasksNote.tsx';
import { PresetNote, PtzNote } from './PtzNote.tsx';
import { cameraQuery } from './queries.ts';
import { StateSign } from './StateSign.tsx';
import { useMasksWords } from './use-masks-words.ts';

interface CameraCardProps {
  cameraId: CameraId;
  onClose: () => void;
  onLocate?: (camera: Camera) => void;
  /** Between the head and the facts: what can be done with the camera. */
  children?: (camera: Camera) => ReactNode;
}

export function CameraCard({ cameraId, onClose, onLocate, children }: CameraCardProps) {
  const { t } = useTranslation();
  const { data: camera, error, refetch } = useQuery(cameraQuery(cameraId));
  if (error !== null)
    return (
      <Notice urgent title={t('cameras.card.lost')}>
        <Button icon="reload" onClick={() => void refetch()}>
          {t('app.retry')}
        </Button>
        <Button onClick={onClose}>{t('app.close')}</Button>
      </Notice>
    );
  if (camera === undefined) return <Skeleton rows={9} />;
  return (
    <article aria-label={t('cameras.card.label', { code: camera.code })}>
      <Head camera={camera} onClose={onClose} onLocate={onLocate} />
      {children?.(camera)}
      <Masks camera={camera} />
      <SeenHomes camera={camera} />
      <Aims camera={camera} />
      <Facts camera={camera} />
      <Work camera={camera} />
    </article>
  );
}

interface HeadProps {
  camera: Camera;
  onClose: () => void;
  onLocate: ((camera: Camera) => void) | undefined;
}

function Head({ camera, onClose, onLocate }: HeadProps) {
  const { t } = useTranslation();
  const { state, since, detail } = camera.health;
  return (
    <header className={styles['head']}>
      <span className={styles['code']}>{camera.code}</span>
      <h2>{camera.name}</h2>
      <span className={styles['acts']}>
        <CopyCode code={camera.code} />
        {onLocate !== undefined && (
          <IconButton icon="place" label={t('cameras.card.locate')} onClick={() => onLocate(camera)} />
        )}
        <IconButton icon="close" label={t('cameras.card.close')} onClick={onClose} />
      </span>
      <p className={styles['signal']} title={detail ?? undefined}>
        <StateSign status={camera.status} state={state} />
        {since !== null && camera.status === 'live' && <Since at={since} />}
      </p>
    </header>
  );
}

function Since({ at }: { at: string }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const ago = (now - Date.parse(at)) / 1000;
  return (
    <time dateTime={at} title={exactly(at)}>
      {ago < 60
        ? t('cameras.card.sinceNow', { when: momentOf(at) })
        : t('cameras.card.since', { when: momentOf(at), ago: durationOf(ago, 1) })}
    </time>
  );
}

function CopyCode({ code }: { code: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={t(copied ? 'cameras.card.copied' : 'cameras.card.copy')}
      onClick={() => void copy()}
    />
  );
}

function Masks({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const words = useMasksWords(camera);
  if (words === undefined) return null;
  return (
    <section className={styles['section']}>
      <h3>{t('cameras.card.masks')}</h3>
      <div className={styles['masks']}>
        <Slats fine className={styles['slats']} />
        <p>{words}</p>
      </div>
      <OnDeviceMasksNote cameraId={camera.id} />
    </section>
  );
}

/** For those whose work it is to change the camera and not only to look. */
function Work({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const session = useSession();
  if (!may(session, 'stream.update')) return null;
  return (
    <section className={`${styles['section']} ${styles['work']}`}>
      <Link to="/cameras/$cameraId/edit" params={{ cameraId: camera.id }} className={buttonClass()}>
        {t('cameras.edit.open')}
      </Link>
      {may(session, 'mask.propose') && camera.aims.length > 0 && (
        <Link to="/cameras/$cameraId/masks" params={{ cameraId: camera.id }} className={buttonClass()}>
          {t('cameras.card.editMasks')}
        </Link>
      )}
    </section>
  );
}

function Aims({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  return (
    <section className={styles['section']}>
      <h3>{t('cameras.card.aims')}</h3>
      {camera.aims.length === 0 && <p className={styles['none']}>{t('cameras.card.noAims')}</p>}
      <PtzNote camera={camera} />
      <ul className={styles['aims']}>
        {camera.aims.map((aim) => (
          <li key={aim.id} className={styles['aim']}>
            <Compass heading={aim.heading} hfov={aim.hfov} />
            <strong>{aim.name}</strong>
            <p>
              {t('cameras.card.heading', {
                direction: t(`cameras.compass.${compassName(aim.heading)}`),
                degrees: Math.round(aim.heading),
              })}
            </p>
            <p>
              {t('cameras.card.aimDetail', {
                hfov: Math.round(aim.hfov),
                tilt: Math.round(Math.abs(aim.tilt)),
                height: Math.round(aim.position.height),
                range: Math.round(aim.range),
              })}
            </p>
            {aim.calibration === 'assumed' && <p className={styles['none']}>{t('cameras.card.uncalibrated')}</p>}
            <PresetNote camera={camera} aim={aim} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const areaName = useAreaName();
  const device = [camera.manufacturer, camera.model].filter(Boolean).join(' ');
  const abilities = [
    t(`cameras.mobility.${camera.mobility}`),
    ...(camera.hasAudio ? [t('cameras.card.audio')] : []),
    ...(camera.hasBiometrics ? [t('cameras.card.biometrics')] : []),
  ].join(' · ');
  const retention =
    camera.retentionDays === null
      ? null
      : camera.retentionDays === 0
        ? t('cameras.card.notRecorded')
        : t('cameras.card.days', { count: camera.retentionDays });
  const facts: [string, string | null][] = [
    [t('cameras.card.area'), areaName(camera.jurisdiction)],
    [t('cameras.column.status'), t(`cameras.status.${camera.status}`)],
    [t('cameras.card.operator'), camera.operator],
    [t('cameras.card.owner'), camera.owner],
    [t('cameras.card.premises'), t(`cameras.premises.${camera.hostPremises}`)],
    [t('cameras.card.purpose'), camera.purpose],
    [t('cameras.card.legalBasis'), camera.legalBasis],
    [t('cameras.card.retention'), retention],
    [t('cameras.card.publication'), t(`cameras.publication.${camera.publication}`)],
    [t('cameras.card.device'), [device, abilities].filter(Boolean).join(' · ')],
  ];
  return (
    <section className={styles['section']}>
      <h3>{t('cameras.card.about')}</h3>
      <dl className={styles['facts']}>
        {facts.map(([term, value]) => [
          <dt key={`${term}-term`}>{term}</dt>,
          <dd key={term} className={value === null ? styles['none'] : undefined}>
            {value ?? t('app.unknown')}
          </dd>,
        ])}
      </dl>
    </section>
  );
}
