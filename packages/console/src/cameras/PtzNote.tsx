// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Camera } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { exactly } from '../app/times.ts';
import { ptzQuery } from './queries.ts';

/** Where a camera that turns looks, in a sentence; nothing of one that doesn't. */
export function PtzNote({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { data } = useQuery(ptzQuery(camera.id));
  if (data?.turns !== true) return null;
  const { state, reason, since, aimId } = data;
  const aim = camera.aims.find(({ id }) => id === aimId)?.name ?? '';
  return (
    <p title={since === null ? undefined : exactly(since)}>
      {t(`cameras.ptz.${state}`, { aim })}
      {reason !== null && ` ${t(`cameras.ptz.reason.${reason}`)}`}
    </p>
  );
}

/** Which preset an aim is of, and whether the camera stands there now. */
export function PresetNote({ camera, aim }: { camera: Camera; aim: Camera['aims'][number] }) {
  const { t } = useTranslation();
  const { data } = useQuery(ptzQuery(camera.id));
  if (aim.preset === null) return null;
  const { token } = aim.preset;
  const preset = data?.presets.find((each) => each.token === token)?.name ?? token;
  return (
    <p>
      {t('cameras.ptz.ofPreset', { preset })}
      {data?.aimId === aim.id && ` · ${t('cameras.ptz.here')}`}
    </p>
  );
}
