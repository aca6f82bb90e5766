// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft, AimId, Camera } from '@louver/contract';
import { calibrate, type Calibration, type NoCalibration, type Turned } from '@louver/sightline';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../../app/times.ts';
import { Button } from '../../design/Button.tsx';
import { Field } from '../../design/Field.tsx';
import { Icon } from '../../design/Icon.tsx';
import { useStill } from '../../masks/still.ts';
import { StillRequest } from '../../masks/StillRequest.tsx';
import styles from './Calibrator.module.css';
import { blankMatches, changed, wholeMatches, type HalfMatch } from './matches.ts';
import { MatchRow } from './MatchRow.tsx';
import { PickFrame } from './PickFrame.tsx';
import { PickMap } from './PickMap.tsx';

const FIRST = 4;
const MOST = 12;

interface CalibratorProps {
  camera: Camera;
  /** Its place, height and frame are taken as they are. */
  aim: AimDraft;
  aimId: AimId | undefined;
  /** No picture of it leaves: somebody has to bring one. */
  isUncalibrated: boolean;
  onUse: (turned: Turned) => void;
}

/** Finds where a camera looks from points that somebody finds both on its picture and on the map. */
export function Calibrator({ camera, aim, aimId, isUncalibrated, onUse }: CalibratorProps) {
  const { t } = useTranslation();
  const [matches, setMatches] = useState(() => blankMatches(FIRST));
  const [chosen, setChosen] = useState(0);
  const [answer, setAnswer] = useState<Calibration | NoCalibration>();
  const { still, taking } = useStill(camera.id, aimId);
  const file = useLocalPicture();
  const url = file.url ?? still?.url;
  const whole = wholeMatches(matches);
  const change = (id: number, next: Partial<HalfMatch>) => {
    setMatches((old) => changed(old, id, next));
    setChosen(id);
    setAnswer(undefined);
  };
  const told = (id: number): string | undefined => {
    const at = whole.findIndex((match) => match.id === id);
    const off = answer !== undefined && 'turned' in answer ? answer.offPixels[at] : undefined;
    return off === undefined ? undefined : t('cameras.calibrate.off', { pixels: numberOf(Math.round(off * 10) / 10) });
  };
  return (
    <div className={styles['calibrator']}>
      <p>{t('cameras.calibrate.why')}</p>
      <div className={styles['sources']}>
        {camera.hasStream && camera.status === 'live' && !isUncalibrated && (
          <StillRequest still={still} taking={taking} purpose={t('cameras.calibrate.purpose')} />
        )}
        <Field
          label={t('cameras.calibrate.file')}
          hint={t('cameras.calibrate.fileHint')}
          type="file"
          accept="image/*"
          onChange={(event) => file.open(event.currentTarget.files?.[0])}
        />
      </div>
      <div className={styles['both']}>
        {url === undefined ? (
          <p className={styles['blank']} style={{ aspectRatio: `${aim.image.width} / ${aim.image.height}` }}>
            {t(isUncalibrated ? 'cameras.calibrate.bringPicture' : 'cameras.calibrate.noPicture')}
          </p>
        ) : (
          <PickFrame
            url={url}
            frame={aim.image}
            matches={matches}
            chosen={chosen}
            onPick={(pixel) => change(chosen, { pixel })}
          />
        )}
        <PickMap aim={aim} matches={matches} chosen={chosen} onPick={(place) => change(chosen, { place })} />
      </div>
      <div className={styles['rows']}>
        {matches.map((match) => (
          <MatchRow
            key={match.id}
            match={match}
            frame={aim.image}
            position={aim.position}
            chosen={match.id === chosen}
            told={told(match.id)}
            onChoose={() => setChosen(match.id)}
            onChange={(next) => change(match.id, next)}
          />
        ))}
      </div>
      <div className={styles['actions']}>
        <Button look="primary" onClick={() => setAnswer(calibrate(aim, whole))}>
          {t('cameras.calibrate.go', { count: whole.length })}
        </Button>
        {matches.length < MOST && (
          <Button icon="plus" onClick={() => setMatches([...matches, { ...blankMatches(1)[0]!, id: matches.length }])}>
            {t('cameras.calibrate.more')}
          </Button>
        )}
      </div>
      <div role="status">
        {answer !== undefined && <Answer answer={answer} ids={whole.map(({ id }) => id)} onUse={onUse} />}
      </div>
    </div>
  );
}

/** A picture of somebody's own computer. It stays there: nothing is sent. */
function useLocalPicture() {
  const [url, setUrl] = useState<string>();
  // The picture lives in memory until the page lets it go.
  useEffect(() => {
    if (url === undefined) return undefined;
    return () => URL.revokeObjectURL(url);
  }, [url]);
  return { url, open: (file: File | undefined) => setUrl(file && URL.createObjectURL(file)) };
}

const tenth = (value: number): string => numberOf(Math.round(value * 10) / 10);
const hundredth = (value: number): string => numberOf(Math.round(value * 100) / 100);

interface AnswerProps {
  answer: Calibration | NoCalibration;
  /** Which points were matched with, in order. */
  ids: readonly number[];
  onUse: (turned: Turned) => void;
}

function Answer({ answer, ids, onUse }: AnswerProps) {
  const { t } = useTranslation();
  const refusal = useRefusal();
  if (!('turned' in answer))
    return (
      <p className={styles['refused']}>
        <Icon name="alert" size={14} />
        {refusal(answer, ids)}
      </p>
    );
  const { turned, errorPixels, errorDegrees, uncertainty } = answer;
  return (
    <div className={styles['found']}>
      <p>
        <strong>
          {t('cameras.calibrate.found', {
            heading: tenth(turned.heading),
            tilt: tenth(turned.tilt),
            roll: tenth(turned.roll),
            hfov: tenth(turned.hfov),
          })}
        </strong>
      </p>
      <p>
        {t('cameras.calibrate.error', {
          degrees: hundredth(errorDegrees),
          pixels: tenth(errorPixels),
          heading: hundredth(uncertainty.pan),
          hfov: hundredth(uncertainty.hfov),
        })}
      </p>
      <Button look="primary" onClick={() => onUse(turned)}>
        {t('cameras.calibrate.use')}
      </Button>
    </div>
  );
}

function useRefusal(): (none: NoCalibration, ids: readonly number[]) => string {
  const { t } = useTranslation();
  return (none, ids) => {
    const name = (index: number): number => (ids[index] ?? index) + 1;
    switch (none.kind) {
      case 'too-few':
        return t('cameras.calibrate.none.few', { least: none.least });
      case 'same':
        return t('cameras.calibrate.none.same', { one: name(none.matches[0]), other: name(none.matches[1]) });
      case 'at-camera':
        return t('cameras.calibrate.none.near', { number: name(none.match) });
      case 'weak':
        return t('cameras.calibrate.none.weak');
      case 'no-fit':
        return t('cameras.calibrate.none.fit', { degrees: tenth(none.errorDegrees), number: name(none.worst) });
      default:
        return none satisfies never;
    }
  };
}
