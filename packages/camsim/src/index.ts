// SPDX-License-Identifier: AGPL-3.0-or-later
export { type Camsim, type CamsimOptions, startCamsim } from './camsim.ts';
export {
  CITY_CENTRE,
  type DemoArea,
  type DemoBuilding,
  type DemoCamera,
  type DemoCity,
  type DemoStreet,
  type DemoWard,
  demoCity,
} from './city/demo-city.ts';
export { type ClipOptions, encodeClip, loadClip } from './clip.ts';
export type { MaskColour } from './onvif/burn.ts';
export {
  type DeviceFault,
  type DeviceMask,
  type DeviceOptions,
  type DeviceTraits,
  SimulatedDevice,
} from './onvif/device.ts';
export { type HeadFault, type HeadOptions, type HeadPosition, type HeadPreset, SimulatedHead } from './onvif/head.ts';
export { type OnvifServer, startOnvifServer } from './onvif/server.ts';
export { type AccessUnit, type Clip, type Codec, readAnnexB } from './rtsp/annexb.ts';
export type { Credentials } from './rtsp/auth.ts';
export { type Fault, Mount, type SentFrame } from './rtsp/mount.ts';
export { type RtspServer, type RtspServerOptions, startRtspServer } from './rtsp/server.ts';
export { type MaskPolygon, homeMasks } from './scene/home-masks.ts';
export { type LoopOptions, type RenderedLoop, loopFrames, renderLoop } from './scene/loop.ts';
export { readBarcode } from './scene/overlay.ts';
export { type Still, type Surroundings, renderStill, visibleBuildings } from './scene/still.ts';
