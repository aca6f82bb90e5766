// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Camera } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { exactly } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import styles from './CameraCard.module.css';
import { isSamePreset } from './edit/aim-values.ts';
import { ptzQuery } from './queries.ts';
import { useSetWords } from './use-masks-words.ts';
import { useTurning } from './use-turning.ts';

/** Where a camera that turns looks, in a sentence; nothing of one that doesn't. */
export function PtzNote({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { data } = useQuery(ptzQuery(camera.id));
  if (data?.turns !== true) return null;
  const { state, reason, since, aimId } = data;
  const aim = camera.aims.find(({ id }) => id === aimId)?.name ?? '';
  return (
    <p title={since === null ? undefined : exactly(since)}>
      {reason === 'not-watched' ? t('cameras.ptz.unwatched') : t(`cameras.ptz.${state}`, { aim })}
      {reason !== null && reason !== 'not-watched' && ` ${t(`cameras.ptz.reason.${reason}`)}`}
    </p>
  );
}

/** Of a camera that turns: which preset an aim is of, the masks that it has, and whether the camera stands there now. */
export function PresetNote({ camera, aim }: { camera: Camera; aim: Camera['aims'][number] }) {
  const { t } = useTranslation();
  const setWords = useSetWords();
  const { standing, masksOf } = useTurning(camera);
  if (standing === undefined) return null;
  if (aim.preset === null) return <p className={styles['none']}>{t('cameras.ptz.ofNone')}</p>;
  const { token } = aim.preset;
  const preset = standing.presets.find((each) => each.token === token);
  const place = preset?.position ?? null;
  const masks = masksOf?.(aim.id);
  return (
    <>
      <p>{t('cameras.ptz.ofPreset', { preset: preset?.name ?? token })}</p>
      {place !== null && !isSamePreset(aim.preset, { token, position: place }) && (
        <p>{t('cameras.ptz.elsewhere', { preset: preset?.name })}</p>
      )}
      {masksOf !== undefined && <p>{masks === undefined ? t('cameras.ptz.masksNone') : setWords(masks)}</p>}
      {standing.aimId === aim.id && (
        <p className={styles['here']}>
          <Icon name="place" size={14} />
          {t('cameras.ptz.here')}
        </p>
      )}
    </>
  );
}
