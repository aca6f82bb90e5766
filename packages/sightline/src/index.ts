// SPDX-License-Identifier: AGPL-3.0-or-later
export { type Aim, vfov } from './aim.ts';
export { type Building, type Face, type Footprint, faces, isHome, localRings } from './building.ts';
export { coveredShares } from './coverage.ts';
export { type DoriLevel, DORI_PIXELS_PER_METRE, doriLevel, doriRank } from './dori.ts';
export { type Exposure, exposuresOf } from './exposure.ts';
export { type Flaw, repairFootprint } from './footprint-repair.ts';
export { type Local, type LocalFrame, type LonLat, localFrame } from './local-frame.ts';
export { DEFAULT_MARGIN_DEG } from './margin.ts';
export {
  type MaskOutline,
  type MasksOptions,
  type Measurement,
  MAX_MASKS,
  MAX_MASK_CORNERS,
  masksOver,
  measure,
} from './mask-proposal.ts';
export {
  type Point2,
  clipHalfPlane,
  contains,
  convexHull,
  isSimple,
  segmentsMeet,
  signedArea,
  turn,
} from './polygon.ts';
export { type CameraBasis, NEAR_M, type Projected, type Projector, clipNear, projector } from './projector.ts';
export { type Sight, sightOf } from './sight.ts';
export { footprintDistance } from './standing.ts';
export { type Vec3, cross, dot, minus, plusScaled } from './vec3.ts';
export { groundInView, viewCone } from './view-cone.ts';
export { viewshed } from './viewshed.ts';
export { type Drawing, type Palette, type Rgb, drawSight } from './drawing.ts';
export { type AimSearch, type FoundAim, type NoAim, type Wanted, findAim } from './find-aim.ts';
export { exposureScore } from './panorama.ts';
export {
  type Calibration,
  type Match,
  type NoCalibration,
  type Turned,
  type Uncertainty,
  LEAST_MATCHES,
  calibrate,
} from './calibrate.ts';
export { type Distortion, distorted, undistorted } from './distortion.ts';
export { type Terrain, readAsciiGrid } from './terrain.ts';
