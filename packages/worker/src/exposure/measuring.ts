// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId, ExposureInputs, JurisdictionPath } from '@louver/contract';
import { NOBODY, emitAfterCommit, inTx, type Pool, type Tx } from '@louver/db';
import { digestOf } from '@louver/ledger';
import type { Building } from '@louver/sightline';
import { followCalibration } from './calibration.ts';
import { follow } from './following.ts';
import { ALGORITHM, type Look, type Looked } from './look.ts';
import {
  type Demand,
  type Standing,
  areBuildingsBeingWritten,
  buildingsAround,
  claimWork,
  findStanding,
  finishWork,
  insertRun,
  wantAgain,
} from './queries.ts';

export interface MeasuringDeps {
  readonly pool: Pool;
  look(job: Look, cancelled: AbortSignal): Promise<Looked>;
}

export interface Met {
  readonly jurisdiction: JurisdictionPath;
  readonly recomputationId: string | null;
}

/** Somebody who decides over an aim's masks again and again gets the next demand, not an endless race. */
const TRIES = 3;

/**
 * Meets the demand for one aim. Safe to run twice and at once: what is kept was computed from what is locked when it is kept,
 * and the same inputs give no second run. @returns undefined when there was nothing to do, or its successor has to do it
 */
export async function measureAim(deps: MeasuringDeps, aimId: AimId, cancelled: AbortSignal): Promise<Met | undefined> {
  const demand = await inTx(deps.pool, NOBODY, (tx) => claimWork(tx, aimId));
  if (!demand) return undefined;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const found = await inTx(deps.pool, NOBODY, async (tx) => {
      const standing = await findStanding(tx, aimId, 'unlocked');
      const isUnsettled = await areBuildingsBeingWritten(tx);
      return standing && { standing, isUnsettled, buildings: await buildingsAround(tx, aimId) };
    });
    if (!found) return undefined;
    const looked = await deps.look(lookOf(found.standing, found.buildings), cancelled);
    const met = await inTx(deps.pool, NOBODY, (tx) => keep(tx, found, looked, demand));
    if (met) return { jurisdiction: found.standing.jurisdiction, recomputationId: demand.recomputationId };
  }
  throw new Error(`aim ${aimId} changed faster than it could be measured`);
}

interface Found {
  readonly standing: Standing;
  /** An import may add to the buildings what nobody sees yet. */
  readonly isUnsettled: boolean;
  readonly buildings: readonly (Building & { mark: string })[];
}

/** Where the camera points. How far its view counts is a number that one person writes, and turns nothing. */
const aimDigestOf = ({ aim: { range: _range, ...view } }: Standing): string => digestOf(view);

const lookOf = (standing: Standing, buildings: readonly Building[]): Look => {
  const { aim, rules, status, approved, enforced, decisions } = standing;
  const here = aimDigestOf(standing);
  // "These masks will do" holds as long as it is these masks; "no breach" as long as the camera looks the same way.
  const settled = decisions.filter(
    ({ aimDigest, maskSetId }) => aimDigest === here && (maskSetId === null || maskSetId === approved?.id),
  );
  return {
    aim,
    buildings,
    rules,
    live: status === 'live',
    approved: approved?.polygons ?? null,
    present: (enforced ?? approved)?.polygons ?? null,
    settled: settled.flatMap(({ homes }) => homes),
  };
};

/** What the result hangs on, but for the buildings: a building that changes meanwhile is a new demand. */
const basisOf = ({
  aim,
  calibration,
  policyVersion,
  status,
  hasStream,
  approved,
  enforced,
  proposed,
  finding,
  decisions,
}: Standing) =>
  digestOf({
    aim,
    calibration,
    policyVersion,
    status,
    hasStream,
    masks: [approved?.digest ?? null, enforced?.digest ?? null, proposed?.digest ?? null],
    finding: finding?.id ?? null,
    decisions: decisions.length,
  });

/** False when the aim, its masks or its finding changed meanwhile: then it is looked at again. */
async function keep(tx: Tx, found: Found, looked: Looked, demand: Demand): Promise<boolean> {
  const { standing: before, buildings, isUnsettled } = found;
  const standing = await findStanding(tx, before.aimId, 'locked');
  // Its aim is gone, and the demand with it.
  if (!standing) return true;
  if (basisOf(standing) !== basisOf(before)) return false;
  const { aimId, cameraId, jurisdiction, policyVersion, aim, calibration } = standing;
  const marks = buildings.map(({ id, mark }) => [id, mark]);
  const around = { count: buildings.length, digest: digestOf(marks) };
  const assumed = calibration === 'assumed' ? { uncalibrated: true as const } : {};
  const inputs: ExposureInputs = { aim, buildings: around, policyVersion, algorithm: ALGORITHM, ...assumed };
  const inputsDigest = digestOf(inputs);
  const known = standing.run?.inputsDigest === inputsDigest ? standing.run.id : undefined;
  const aimDigest = aimDigestOf(standing);
  const { viewshed, homes } = looked;
  const runId = known ?? (await insertRun(tx, { aimId, cameraId, inputs, inputsDigest, aimDigest, viewshed, homes }));
  const calibrated = await followCalibration(tx, standing);
  const changed = (await follow(tx, { standing, looked, runId, aimDigest })) || calibrated;
  if (changed || !known) await emitAfterCommit(tx, 'exposures.changed', { cameraId, aimId, jurisdiction });
  await (isUnsettled ? wantAgain : finishWork)(tx, aimId, demand);
  return true;
}
