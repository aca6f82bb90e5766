// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId, MaskPolygons, StreamSource } from '@louver/contract';
import type { Logger } from 'pino';
import type { Sightings } from '../probes/sightings.ts';
import type { DeviceDeps } from '../devices/device-masks.ts';
import type { OutputStop } from '../sampling/inspect.ts';
import type { SceneShift } from '../scene/shift.ts';
import type { SceneDeps } from '../scene/scene-watch.ts';
import type { TurningDeps } from '../ptz/turning.ts';
import type { MaskWatch } from './mask-watch.ts';
import type { Masker } from './masker.ts';
import type { Standing } from './queries.ts';
import type { Sandbox } from './sandbox.ts';

/** What a camera's stream needs of the worker around it. */
export interface StreamDeps {
  readonly sandbox: Sandbox;
  readonly watch: MaskWatch;
  readonly log: Logger;
  readonly sightings: Sightings;
  /** @throws when the database is away or the credentials do not open */
  loadSource(cameraId: CameraId): Promise<StreamSource | undefined>;
  /** None when they are not those that were approved, or added to them. */
  loadPolygons(standing: Standing): Promise<MaskPolygons | undefined>;
  /** States that the masks are burned in. @throws when the database is away */
  activate(standing: Standing): Promise<void>;
  readonly devices: DeviceDeps;
  readonly heads: TurningDeps;
  onMaskChange(milliseconds: number): void;
  /** `Masker.start` but for tests of what happens when it fails. */
  readonly startMasker: typeof Masker.start;
  /** What left was without its masks; the picture has stopped. */
  onStop(stop: OutputStop): void;
  /** Afterwards, when it was found flat. */
  onFlatAgain(cameraId: CameraId): void;
  readonly scenes: SceneDeps;
  /** What left is not what the aim looks like; the picture has stopped. */
  onShift(shift: SceneShift): void;
}
