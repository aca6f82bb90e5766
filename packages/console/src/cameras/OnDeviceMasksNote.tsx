// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId, DeviceStanding } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { exactly } from '../app/times.ts';
import { deviceQuery } from './queries.ts';

/** Who burns the masks in, in a sentence, where somebody wants the device to. Nothing otherwise: then it is always done here. */
export function OnDeviceMasksNote({ cameraId }: { cameraId: CameraId }) {
  const words = useOnDeviceWords();
  const { data } = useQuery(deviceQuery(cameraId));
  if (data?.onDeviceMasks.wanted !== true) return null;
  const { since } = data.onDeviceMasks;
  return <p title={since === null ? undefined : exactly(since)}>{words(data)}</p>;
}

/** The state and, where there is one, its reason. */
export function useOnDeviceWords(): (standing: DeviceStanding) => string {
  const { t } = useTranslation();
  return ({ onDeviceMasks: { wanted, state, reason } }) => {
    if (!wanted) return t('cameras.edit.device.state.off');
    const what = t(`cameras.edit.device.state.${state}`);
    return reason === null ? what : `${what} ${t(`cameras.edit.device.reason.${reason}`)}`;
  };
}
