// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  breachesOf,
  type AimDraft,
  type AimId,
  type Camera,
  type ExposureRules,
  type SurroundingBuilding,
} from '@louver/contract';
import type { LonLat } from '@louver/sightline';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { boxOfArea } from '../cameras/edit/area-box.ts';
import { textOf, usualAim, type AimEdits } from '../cameras/edit/aim-values.ts';
import type { Place } from '../cameras/edit/camera-mark.ts';
import { cameraQuery, jurisdictionsQuery } from '../cameras/queries.ts';
import { Skeleton } from '../design/Skeleton.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { AimDials } from './AimDials.tsx';
import { FindAim } from './FindAim.tsx';
import { FrameView } from './FrameView.tsx';
import { HomesList, useVerdict, type JudgedHome } from './HomesList.tsx';
import type { Looked } from './messages-between.ts';
import styles from './PlannerPage.module.css';
import { PlanMap } from './PlanMap.tsx';
import { aimOfCamera, planOf } from './plan-values.ts';
import { SavePlan } from './SavePlan.tsx';
import { usePlanner } from './use-planner.ts';

const pageApi = getRouteApi('/room/planning');

/** Where a camera would look, before it does: from nothing, or from the aim of a camera that stands already. */
export function PlannerPage() {
  const { t } = useTranslation();
  const { camera: cameraId, aim: aimId } = pageApi.useSearch();
  const camera = useQuery({ ...cameraQuery(cameraId!), enabled: cameraId !== undefined });
  const areas = useQuery(jurisdictionsQuery);
  if (camera.error !== null) return <Trouble error={camera.error} onRetry={() => void camera.refetch()} />;
  if ((cameraId !== undefined && camera.data === undefined) || areas.isPending) return <Skeleton rows={12} />;
  const of = camera.data;
  const place = of && { lon: of.location.coordinates[0], lat: of.location.coordinates[1] };
  return (
    <Planner
      key={`${cameraId} ${aimId}`}
      camera={of}
      aimId={aimId}
      start={of && (aimOfCamera(of, aimId) ?? (place && usualAim(t('cameras.edit.aim.usual'), place)))}
      around={boxOfArea(areas.data ?? [], '')}
    />
  );
}

interface PlannerProps {
  camera: Camera | undefined;
  aimId: AimId | undefined;
  start: AimDraft | undefined;
  around: readonly [number, number, number, number] | undefined;
}

const NOTHING: readonly never[] = [];
const WORDED = 5;

function Planner({ camera, aimId, start, around }: PlannerProps) {
  const { t } = useTranslation();
  const [base, setBase] = useState(start);
  const [edits, setEdits] = useState<AimEdits>({});
  const [target, setTarget] = useState<LonLat[]>([]);
  const plan = useMemo(() => base && planOf(base, edits), [base, edits]);
  const [isHeld, setHeld] = useState(false);
  // While a hand drags, only map, numbers and list keep up with it; the forms below follow when it lets go.
  const [settled, setSettled] = useState(plan?.aim);
  if (!isHeld && settled !== plan?.aim) setSettled(plan?.aim);
  const planner = usePlanner(plan?.aim);
  const { looked, surroundings, rules } = planner;
  const { homes, nameOf } = useJudged(looked, surroundings?.buildings, rules);
  const marked = useMarked(homes, surroundings?.buildings);
  const verdict = useVerdict()(homes);
  const edit = useCallback((next: AimEdits) => setEdits((old) => ({ ...old, ...next })), []);
  const use = useCallback((aim: AimDraft) => {
    setBase(aim);
    setEdits({});
  }, []);
  const put = (place: Place) => {
    if (base === undefined) setBase(usualAim(t('cameras.edit.aim.usual'), place));
    else edit({ lat: textOf('lat', place.lat), lon: textOf('lon', place.lon) });
  };
  return (
    <div className={styles['page']}>
      <PlanMap
        aim={plan?.aim}
        around={around}
        viewshed={looked?.viewshed ?? NOTHING}
        homes={marked}
        target={target}
        // At once: the frame in which the hand moves is the one in which the question is asked, and not the next.
        onPlace={(next) => flushSync(() => put(next))}
        onTurn={(heading) => flushSync(() => edit({ heading: textOf('heading', heading) }))}
        onHold={setHeld}
        onTarget={setTarget}
      />
      <div className={styles['side']}>
        <header className={styles['head']}>
          <h1>{camera === undefined ? t('planning.title') : t('planning.titleOf', { code: camera.code })}</h1>
          <p>{t(plan === undefined ? 'planning.begin' : 'planning.lead')}</p>
        </header>
        {planner.error !== null && <Trouble error={planner.error} onRetry={planner.retry} />}
        {plan !== undefined && base !== undefined && (
          <>
            <FrameView drawn={planner.drawn} summary={verdict} />
            <AimDials base={base} aim={plan.aim} edits={edits} wrong={plan.wrong} onEdit={edit} />
            {planner.short !== undefined && (
              <p className={styles['breach']}>{t('planning.short', { metres: Math.floor(planner.short) })}</p>
            )}
            {looked !== undefined && (
              <HomesList
                homes={homes}
                verdict={verdict}
                busy={planner.busy}
                policyVersion={surroundings?.policyVersion}
              />
            )}
            {settled !== undefined && (
              <>
                <FindAim
                  aim={settled}
                  target={target}
                  marginDeg={planner.marginDeg}
                  nameOf={nameOf}
                  onTarget={setTarget}
                  find={planner.find}
                  onUse={use}
                />
                <SavePlan aim={settled} camera={camera} aimId={aimId} />
              </>
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** The homes that an aim sees, named and held against the rule. */
function useJudged(
  looked: Looked | undefined,
  buildings: readonly SurroundingBuilding[] | undefined,
  rules: ExposureRules | undefined,
) {
  const names = useMemo(() => new Map(buildings?.map(({ id, sourceId }) => [id, sourceId])), [buildings]);
  const nameOf = useCallback((id: string): string => names.get(id) ?? id, [names]);
  const homes = useMemo(
    () =>
      (looked?.homes ?? []).map((home): JudgedHome => ({
        ...home,
        name: names.get(home.buildingId) ?? home.buildingId,
        breaches: rules === undefined ? [] : breachesOf(home, rules),
      })),
    [looked, names, rules],
  );
  return { homes, nameOf };
}

function useMarked(homes: readonly JudgedHome[], buildings: readonly SurroundingBuilding[] | undefined) {
  const { t } = useTranslation();
  const byId = useMemo(() => new Map(buildings?.map((building) => [building.id, building])), [buildings]);
  return useMemo(
    () =>
      homes.flatMap(({ buildingId, dori, breaches }, index) => {
        const building = byId.get(buildingId);
        // Words for those that matter most; the list has them for all.
        const worded = breaches.length > 0 || index < WORDED;
        const label = worded ? `${index + 1} · ${t(`planning.dori.${dori}`)}` : `${index + 1}`;
        return building === undefined ? [] : [{ building, dori, flagged: breaches.length > 0, label }];
      }),
    [homes, byId, t],
  );
}
