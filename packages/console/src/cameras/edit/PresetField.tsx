// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimPreset, Camera, PtzStanding } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Select } from '../../design/Select.tsx';
import { ptzQuery } from '../queries.ts';
import { isSamePreset } from './aim-values.ts';
import type { CameraAim } from './use-aim-form.ts';

interface PresetFieldProps {
  camera: Camera;
  /** As it is registered; undefined for a new one. */
  aim: CameraAim | undefined;
  chosen: AimPreset | null;
  onChoose: (preset: AimPreset | null) => void;
}

const [NONE, KEPT] = ['none', 'kept'];

/** Which of the device's presets an aim is of: its position is taken over as the device says it. */
export function PresetField({ camera, aim, chosen, onChoose }: PresetFieldProps) {
  const { t } = useTranslation();
  const { data } = useQuery(ptzQuery(camera.id));
  const kept = aim?.preset ?? null;
  const presets = data?.presets ?? [];
  const turns = data?.turns === true || camera.mobility === 'ptz';
  if (kept === null && presets.length === 0 && !turns) return null;
  const nameOf = (token: string) => presets.find((each) => each.token === token)?.name ?? token;
  // What the device doesn't say the place of can't be an aim.
  const offered = presets.flatMap(({ token, position }) =>
    position === null || isSamePreset(kept, { token, position }) ? [] : [{ token, position }],
  );
  const isElsewhere = offered.some(({ token }) => token === kept?.token);
  const options = [
    { value: NONE, label: t(turns ? 'cameras.ptz.noneTurning' : 'cameras.ptz.none') },
    ...(kept === null
      ? []
      : [
          {
            value: KEPT,
            label: isElsewhere ? t('cameras.ptz.oldPlace', { preset: nameOf(kept.token) }) : nameOf(kept.token),
          },
        ]),
    ...offered.map(({ token }) => ({
      value: `preset ${token}`,
      label: kept?.token === token ? t('cameras.ptz.newPlace', { preset: nameOf(token) }) : nameOf(token),
    })),
  ];
  const value = chosen === null ? NONE : isSamePreset(chosen, kept) ? KEPT : `preset ${chosen.token}`;
  const other = aimOfPreset(camera, aim, chosen);
  const hint =
    chosen === null && turns
      ? `${t('cameras.ptz.fieldNone')} ${presets.length === 0 ? t(`cameras.ptz.${whyNone(data?.reason)}`) : ''}`
      : isElsewhere && value === KEPT
        ? t('cameras.ptz.elsewhere', { preset: nameOf(chosen?.token ?? '') })
        : t('cameras.ptz.fieldHint');
  return (
    <Select
      name="preset"
      label={t('cameras.ptz.field')}
      hint={hint}
      error={other === undefined ? undefined : t('cameras.ptz.taken', { aim: other.name })}
      options={options}
      value={value}
      onChange={(event) => {
        const picked = event.currentTarget.value;
        if (picked === NONE || picked === KEPT) onChoose(picked === NONE ? null : kept);
        else onChoose(offered.find(({ token }) => `preset ${token}` === picked) ?? null);
      }}
    />
  );
}

/** Another aim of the camera that is of this preset already: a preset belongs to one. */
export const aimOfPreset = (
  { aims }: Camera,
  aim: CameraAim | undefined,
  preset: AimPreset | null,
): CameraAim | undefined =>
  preset === null ? undefined : aims.find((one) => one.id !== aim?.id && one.preset?.token === preset.token);

const whyNone = (reason: PtzStanding['reason'] | undefined) =>
  reason === 'no-device' ? 'fieldNoDevice' : reason === 'device-silent' ? 'fieldSilent' : 'fieldWaiting';
