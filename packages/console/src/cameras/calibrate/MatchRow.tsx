// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { localFrame } from '@louver/sightline';
import { useTranslation } from 'react-i18next';
import { Field } from '../../design/Field.tsx';
import styles from './Calibrator.module.css';
import type { HalfMatch } from './matches.ts';

interface MatchRowProps {
  match: HalfMatch;
  frame: FrameSize;
  /** Where the camera stands: places are told in metres from there. */
  position: { lon: number; lat: number };
  chosen: boolean;
  /** How far off it was, in words. */
  told: string | undefined;
  onChoose: () => void;
  onChange: (next: Partial<HalfMatch>) => void;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** One point as numbers: everything that a click does can be typed. */
export function MatchRow({ match, frame, position, chosen, told, onChoose, onChange }: MatchRowProps) {
  const { t } = useTranslation();
  const local = localFrame(position);
  const pixel = match.pixel && [match.pixel[0] * frame.width, match.pixel[1] * frame.height];
  const place = match.place && local.toLocal(match.place);
  const putPixel = (axis: 0 | 1, value: number) => {
    const size = [frame.width, frame.height] as const;
    const next = [...(match.pixel ?? [0.5, 0.5])] as [number, number];
    next[axis] = Math.min(1, Math.max(0, value / size[axis]));
    onChange({ pixel: next });
  };
  const putPlace = (axis: 0 | 1, value: number) => {
    const next = [...(place ?? [0, 0])] as [number, number];
    next[axis] = value;
    onChange({ place: local.fromLocal(next) });
  };
  const number = (label: string, value: number | undefined, put: (value: number) => void) => (
    <Field
      label={label}
      type="number"
      step="any"
      value={value === undefined ? '' : round(value)}
      onFocus={onChoose}
      onChange={({ currentTarget: { valueAsNumber } }) => Number.isFinite(valueAsNumber) && put(valueAsNumber)}
    />
  );
  return (
    <fieldset className={styles['row']} data-chosen={chosen}>
      <legend>
        <button type="button" aria-pressed={chosen} onClick={onChoose}>
          {t('cameras.calibrate.point', { number: match.id + 1 })}
        </button>
        {told !== undefined && <span>{told}</span>}
      </legend>
      {number(t('cameras.calibrate.x'), pixel?.[0], (value) => putPixel(0, value))}
      {number(t('cameras.calibrate.y'), pixel?.[1], (value) => putPixel(1, value))}
      {number(t('cameras.calibrate.east'), place?.[0], (value) => putPlace(0, value))}
      {number(t('cameras.calibrate.north'), place?.[1], (value) => putPlace(1, value))}
      <Field
        label={t('cameras.calibrate.height')}
        inputMode="text"
        value={match.height}
        onFocus={onChoose}
        onChange={(event) => onChange({ height: event.currentTarget.value })}
      />
    </fieldset>
  );
}
