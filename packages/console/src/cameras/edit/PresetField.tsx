// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimPreset, Camera } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Select } from '../../design/Select.tsx';
import { ptzQuery } from '../queries.ts';
import { isSamePreset } from './aim-values.ts';

interface PresetFieldProps {
  camera: Camera;
  /** As it is registered. */
  kept: AimPreset | null;
  chosen: AimPreset | null;
  onChoose: (preset: AimPreset | null) => void;
}

const [NONE, KEPT] = ['none', 'kept'];

/** Which of the device's presets an aim is of: its position is taken over as the device says it. */
export function PresetField({ camera, kept, chosen, onChoose }: PresetFieldProps) {
  const { t } = useTranslation();
  const { data } = useQuery(ptzQuery(camera.id));
  const presets = data?.presets ?? [];
  if (kept === null && presets.length === 0 && data?.turns !== true) return null;
  const nameOf = (token: string) => presets.find((each) => each.token === token)?.name ?? token;
  // What the device doesn't say the place of can't be an aim.
  const offered = presets.flatMap(({ token, position }) =>
    position === null || isSamePreset(kept, { token, position }) ? [] : [{ token, position }],
  );
  const options = [
    { value: NONE, label: t('cameras.ptz.none') },
    ...(kept === null ? [] : [{ value: KEPT, label: nameOf(kept.token) }]),
    ...offered.map(({ token }) => ({
      value: `preset ${token}`,
      label: kept?.token === token ? t('cameras.ptz.newPlace', { preset: nameOf(token) }) : nameOf(token),
    })),
  ];
  const value = chosen === null ? NONE : isSamePreset(chosen, kept) ? KEPT : `preset ${chosen.token}`;
  return (
    <Select
      name="preset"
      label={t('cameras.ptz.field')}
      hint={t('cameras.ptz.fieldHint')}
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
