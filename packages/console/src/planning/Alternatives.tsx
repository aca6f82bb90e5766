// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft } from '@louver/contract';
import type { FoundAim, NoAim } from '@louver/sightline';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Compass } from '../cameras/Compass.tsx';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import styles from './PlannerPage.module.css';

const tenth = (value: number): string => numberOf(Math.round(value * 10) / 10);

interface AlternativesProps {
  found: readonly FoundAim[];
  aim: AimDraft;
  onUse: (aim: FoundAim['aim']) => void;
}

/** Ways to turn the camera, least exposure first, and what each costs. */
export function Alternatives({ found, aim, onUse }: AlternativesProps) {
  const { t } = useTranslation();
  const isUsed = (other: FoundAim['aim']) =>
    other.heading === aim.heading && other.tilt === aim.tilt && other.hfov === aim.hfov;
  return (
    <ol className={styles['alternatives']}>
      {found.map(({ aim: other, score, exposures, pixelsPerMetre }) => {
        const share = exposures.reduce((sum, { frameShare }) => sum + frameShare, 0);
        return (
          <li key={`${other.heading} ${other.tilt} ${other.hfov}`} className={styles['alternative']}>
            <Compass heading={other.heading} hfov={other.hfov} />
            <div>
              <strong>{t('planning.find.turn', { heading: other.heading, tilt: other.tilt, hfov: other.hfov })}</strong>
              <span>
                {exposures.length === 0
                  ? t('planning.find.free')
                  : t('planning.find.costs', {
                      count: exposures.length,
                      share: numberOf(Math.round(share * 1000) / 10),
                      worst: t(`planning.dori.${exposures[0]!.dori}`),
                    })}
              </span>
              <span className={styles['note']}>
                {t('planning.find.score', { score: tenth(score), density: tenth(pixelsPerMetre) })}
              </span>
            </div>
            <Button disabled={isUsed(other)} onClick={() => onUse(other)}>
              {t(isUsed(other) ? 'planning.find.used' : 'planning.find.use')}
            </Button>
          </li>
        );
      })}
    </ol>
  );
}

interface WhyNoneProps {
  none: NoAim;
  wanted: number;
  nameOf: (buildingId: string) => string;
}

/** No aim will do: what is in the way, in a sentence that says what to change. */
export function WhyNone({ none, wanted, nameOf }: WhyNoneProps) {
  const { t } = useTranslation();
  const words = (): string => {
    switch (none.kind) {
      case 'within-home':
        return t('planning.none.within', { home: nameOf(none.buildingId) });
      case 'beyond-range':
        return t('planning.none.beyond', { metres: tenth(none.metres) });
      case 'hidden':
        return t('planning.none.hidden', { building: nameOf(none.buildingId) });
      case 'too-wide':
        return t('planning.none.wide');
      case 'too-coarse':
        return t('planning.none.coarse', { best: tenth(none.pixelsPerMetre), wanted: tenth(wanted) });
      default:
        return none satisfies never;
    }
  };
  return (
    <p className={styles['breach']}>
      <Icon name="alert" size={14} />
      {words()}
    </p>
  );
}
