// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry } from '@louver/contract';
import { localFrame, type LonLat } from '@louver/sightline';

/** Where an end of the target lies, as somebody would say it: so many metres away, in that direction. */
export interface Polar {
  metres: number;
  bearing: number;
}

export function polarOf(aim: AimGeometry, point: LonLat): Polar {
  const [east, north] = localFrame(aim.position).toLocal(point);
  return {
    metres: Math.hypot(east, north),
    bearing: ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360,
  };
}

export function pointAt(aim: AimGeometry, { metres, bearing }: Polar): LonLat {
  const angle = (bearing * Math.PI) / 180;
  return localFrame(aim.position).fromLocal([metres * Math.sin(angle), metres * Math.cos(angle)]);
}

/** A stretch straight ahead, within reach: somewhere to begin from. */
export function targetAhead(aim: AimGeometry): LonLat[] {
  const far = Math.min(25, aim.range * 0.6);
  return [far / 2, far].map((metres) => pointAt(aim, { metres, bearing: aim.heading }));
}
