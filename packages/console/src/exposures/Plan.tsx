// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { compassName } from '../cameras/Compass.tsx';
import { buttonClass } from '../design/Button.tsx';
import { buildingsQuery } from '../masks/masks-query.ts';
import { SlatPattern } from '../masks/SlatPattern.tsx';
import type { EvidenceProps } from './FindingFrame.tsx';
import styles from './FindingPage.module.css';
import { nearestOf, type CountedHome } from './homes.ts';
import { planOf, scaleOf, type Plan as Drawn } from './plan.ts';
import plan from './Plan.module.css';
import { useWidth } from './use-width.ts';
import { metresOf } from './words.ts';

/** As in the style sheet. */
const HIGHEST_PX = 620;

const seenFirst = (homes: readonly CountedHome[]): number =>
  homes.filter(({ flagged }) => flagged !== undefined).length;

/** From above: the ground that really shows, the camera, and the homes around it by how well they are seen. */
export function Plan({ finding, run, homes, marked, onMark }: EvidenceProps) {
  const { t } = useTranslation();
  const { aim } = run.inputs;
  const { data: near } = useQuery(buildingsQuery(aim));
  const drawn = useMemo(
    () => (near === undefined ? undefined : planOf(aim, near, run.viewshed.coordinates)),
    [aim, near, run.viewshed],
  );
  const { camera, enforced } = finding;
  const words = {
    camera: camera.code,
    direction: t(`cameras.compass.${compassName(aim.heading)}`),
    homes: t('exposures.finding.homesSeen', { count: homes.length }),
    metres: metresOf(nearestOf(homes)),
  };
  const spot = `${aim.position.lat.toFixed(5)},${aim.position.lon.toFixed(5)},18`;
  return (
    <section>
      <div className={styles['over']}>
        <h2>{t('exposures.finding.plan')}</h2>
        <Link to="/" search={{ camera: camera.id, at: spot }} className={buttonClass({ look: 'quiet' })}>
          {t('exposures.finding.onMap')}
        </Link>
      </div>
      {drawn === undefined ? (
        <div className={plan['empty']} />
      ) : (
        <PlanDrawing
          drawn={drawn}
          homes={homes}
          covered={enforced}
          marked={marked}
          onMark={onMark}
          label={t(homes.length === 0 ? 'exposures.finding.planNone' : 'exposures.finding.planOf', words)}
        />
      )}
      <ul className={plan['legend']}>
        {(['Ground', 'Cone', 'Home', 'Flagged', ...(enforced ? (['Covered'] as const) : [])] as const).map((one) => (
          <li key={one}>
            <i data-what={one} /> {t(`exposures.finding.legend${one}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DrawingProps {
  drawn: Drawn;
  homes: readonly CountedHome[];
  /** Whether masks lie over what is flagged. */
  covered: boolean;
  marked: string | undefined;
  onMark: (id: string | undefined) => void;
  label: string;
}

function PlanDrawing({ drawn, homes, covered, marked, onMark, label }: DrawingProps) {
  const { t } = useTranslation();
  const id = useId();
  const { box } = drawn;
  const { ref, width } = useWidth<HTMLDivElement>();
  // As wide as the page leaves it, or as high as it may be.
  const unit = Math.max(box.width / width, box.height / HIGHEST_PX);
  const named = width < 640 ? seenFirst(homes) : homes.length;
  const byId = new Map(homes.flatMap((home) => (home.sourceId === null ? [] : [[home.sourceId, home] as const])));
  const seen = drawn.buildings.flatMap((building) => {
    const home = byId.get(building.id);
    return home === undefined ? [] : [{ ...building, home }];
  });
  const scale = scaleOf(box);
  const [right, bottom] = [box.x + box.width - 18 * unit, box.y + box.height - 18 * unit];
  return (
    <div ref={ref}>
      <svg
        className={plan['plan']}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        role="img"
        aria-label={label}
      >
        <defs>
          <SlatPattern id={id} pitch={7 * unit} />
        </defs>
        <path d={drawn.ground} className={plan['ground']} />
        {drawn.buildings.map((one) => (
          <path key={one.id} d={one.path} className={plan[one.home ? 'home' : 'other']} />
        ))}
        <path d={drawn.cone} className={plan['cone']} />
        {seen.map(({ id: building, path, home }) => (
          <path
            key={building}
            d={path}
            data-level={home.dori}
            style={home.flagged !== undefined && covered ? { fill: `url(#${id})` } : undefined}
            className={`${plan['seen']} ${home.flagged === undefined ? '' : plan['flagged']} ${building === marked ? plan['marked'] : ''}`}
            onPointerEnter={() => onMark(building)}
            onPointerLeave={() => onMark(undefined)}
          />
        ))}
        <circle r={7 * unit} className={plan['camera']} />
        {seen
          .filter(({ id: building, home }) => home.number <= named || building === marked)
          .map(({ id: building, centre: [x, y], home }) => (
            <g key={building} className={`${plan['number']} ${building === marked ? plan['marked'] : ''}`}>
              <circle cx={x} cy={y} r={10 * unit} />
              <text x={x} y={y} dy="0.36em" fontSize={11.5 * unit}>
                {home.number}
              </text>
            </g>
          ))}
        <g className={plan['scale']} aria-hidden="true">
          <path d={`M${right - scale} ${bottom - 4 * unit}v${4 * unit}H${right}v${-4 * unit}`} />
          <text x={right - scale / 2} y={bottom - 8 * unit} fontSize={11.5 * unit}>
            {scale} m
          </text>
          <path
            d={`M${box.x + 22 * unit} ${box.y + 40 * unit}v${-22 * unit}m${-5 * unit} ${7 * unit}l${5 * unit} ${-7 * unit}l${5 * unit} ${7 * unit}`}
          />
          <text x={box.x + 22 * unit} y={box.y + 56 * unit} fontSize={11.5 * unit}>
            {t('exposures.finding.north')}
          </text>
        </g>
      </svg>
    </div>
  );
}
