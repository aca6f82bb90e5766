// SPDX-License-Identifier: AGPL-3.0-or-later
import { useMutation } from '@tanstack/react-query';
import type { AimDraft } from '@louver/contract';
import { DORI_PIXELS_PER_METRE, type AimSearch, type LonLat, type Wanted } from '@louver/sightline';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { Select } from '../design/Select.tsx';
import { Alternatives, WhyNone } from './Alternatives.tsx';
import styles from './PlannerPage.module.css';
import { pointAt, polarOf, targetAhead } from './target-values.ts';

const LEVELS = ['detect', 'observe', 'recognise', 'identify'] as const;
type Level = (typeof LEVELS)[number];
/** Lenses that cameras of a street have; a camera whose own lens is outside of it keeps its own. */
const NARROWEST = 30;
const WIDEST = 110;

interface FindAimProps {
  aim: AimDraft;
  target: readonly LonLat[];
  marginDeg: number;
  nameOf: (buildingId: string) => string;
  onTarget: (target: LonLat[]) => void;
  find: (aim: AimDraft, wanted: Wanted) => Promise<AimSearch | undefined>;
  onUse: (aim: AimDraft) => void;
}

/** The system's part: which way to turn so that the street stays in view and homes stay out. */
export const FindAim = memo(function FindAim(props: FindAimProps) {
  const { aim, target, marginDeg, nameOf, onTarget, find, onUse } = props;
  const { t } = useTranslation();
  const [level, setLevel] = useState<Level>('detect');
  const [lens, setLens] = useState<'own' | 'any'>('own');
  const pixelsPerMetre = DORI_PIXELS_PER_METRE.find(([name]) => name === level)![1];
  const hfov: Wanted['hfov'] =
    lens === 'own' ? [aim.hfov, aim.hfov] : [Math.min(NARROWEST, aim.hfov), Math.max(WIDEST, aim.hfov)];
  const search = useMutation({
    mutationFn: async () => find(aim, { target, pixelsPerMetre, hfov, marginDeg }),
  });
  const change = (next: LonLat[]) => {
    search.reset();
    onTarget(next);
  };
  return (
    <section className={styles['find']} aria-labelledby="plan-find">
      <h2 id="plan-find">{t('planning.find.title')}</h2>
      <p className={styles['lead']}>{t('planning.find.lead')}</p>
      {target.length === 0 ? (
        <Button icon="plus" onClick={() => change(targetAhead(aim))}>
          {t('planning.target.put')}
        </Button>
      ) : (
        <>
          <Ends aim={aim} target={target} onTarget={change} />
          <div className={styles['pair']}>
            <Select
              label={t('planning.find.level')}
              value={level}
              options={LEVELS.map((value) => ({ value, label: t(`planning.wanted.${value}`) }))}
              onChange={(event) => {
                search.reset();
                setLevel(event.currentTarget.value as Level);
              }}
            />
            <Select
              label={t('planning.find.lens')}
              value={lens}
              options={(['own', 'any'] as const).map((value) => ({
                value,
                label: t(`planning.find.lens_${value}`, { hfov: aim.hfov, least: NARROWEST, most: WIDEST }),
              }))}
              onChange={(event) => {
                search.reset();
                setLens(event.currentTarget.value as 'own' | 'any');
              }}
            />
          </div>
          <div className={styles['actions']}>
            <Button look="primary" icon="search" disabled={search.isPending} onClick={() => search.mutate()}>
              {t(search.isPending ? 'planning.find.busy' : 'planning.find.go')}
            </Button>
            <Button look="quiet" onClick={() => change([])}>
              {t('planning.target.take')}
            </Button>
          </div>
        </>
      )}
      <div role="status">
        {search.data?.none && <WhyNone none={search.data.none} nameOf={nameOf} wanted={pixelsPerMetre} />}
        {search.data && search.data.found.length > 0 && (
          <p className={styles['verdict']}>{t('planning.find.found', { count: search.data.found.length })}</p>
        )}
        {search.isSuccess && search.data === undefined && <p>{t('planning.find.refused')}</p>}
      </div>
      {search.data && search.data.found.length > 0 && (
        <Alternatives found={search.data.found} aim={aim} onUse={(found) => onUse({ ...aim, ...found })} />
      )}
    </section>
  );
});

interface EndsProps {
  aim: AimDraft;
  target: readonly LonLat[];
  onTarget: (target: LonLat[]) => void;
}

/** The two ends as numbers, for whoever does not drag. */
function Ends({ aim, target, onTarget }: EndsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles['ends']}>
      {target.map((point, end) => {
        const polar = polarOf(aim, point);
        const put = (next: Partial<typeof polar>) =>
          onTarget(target.map((other, i) => (i === end ? pointAt(aim, { ...polar, ...next }) : other)));
        const name = t(end === 0 ? 'planning.target.a' : 'planning.target.b');
        return (
          <fieldset key={name}>
            <legend>{name}</legend>
            <Field
              label={t('planning.target.metres')}
              type="number"
              min={1}
              step={1}
              value={Math.round(polar.metres * 10) / 10}
              onChange={({ currentTarget: { valueAsNumber: metres } }) => metres > 0 && put({ metres })}
            />
            <Field
              label={t('planning.target.bearing')}
              type="number"
              step={1}
              value={Math.round(polar.bearing * 10) / 10}
              onChange={({ currentTarget: { valueAsNumber: bearing } }) => Number.isFinite(bearing) && put({ bearing })}
            />
          </fieldset>
        );
      })}
    </div>
  );
}
