// SPDX-License-Identifier: AGPL-3.0-or-later
// ONVIF PTZ, as far as it tells where a head stands. Nothing here moves it.
import { MAX_PRESETS, type DevicePreset } from '@louver/contract';
import { type DeviceClient } from '../devices/soap-client.ts';
import { type Xml, child, children, escaped, text } from '../devices/xml.ts';
import type { HeadPosition, HeadStatus } from './position.ts';

const ofProfile = (token: string) => `<s:ProfileToken>${escaped(token)}</s:ProfileToken>`;

/** @throws DeviceFailed */
export async function readStatus(client: DeviceClient, profile: string): Promise<HeadStatus> {
  const status = child(await client.ask('ptz', 'GetStatus', ofProfile(profile)), 'PTZStatus');
  return { position: positionOf(child(status, 'Position')), movement: movementOf(child(status, 'MoveStatus')) };
}

/** Those that have a name of their own; where it stands in each, as far as the device says. @throws DeviceFailed */
export async function readPresets(client: DeviceClient, profile: string): Promise<DevicePreset[]> {
  const answer = await client.ask('ptz', 'GetPresets', ofProfile(profile));
  return children(answer, 'Preset')
    .slice(0, MAX_PRESETS)
    .flatMap((preset) => {
      const token = text(preset, '@token') ?? '';
      if (token === '' || token.length > 64) return [];
      const name = (text(preset, 'Name') ?? token).slice(0, 80);
      return [{ token, name, position: positionOf(child(preset, 'PTZPosition')) ?? null }];
    });
}

/** A head that has no zoom stands at 0. */
function positionOf(xml: Xml | undefined): HeadPosition | undefined {
  const [pan, tilt] = [numberOf(xml, 'PanTilt', '@x'), numberOf(xml, 'PanTilt', '@y')];
  const zoom = child(xml, 'Zoom') === undefined ? 0 : numberOf(xml, 'Zoom', '@x');
  return pan === undefined || tilt === undefined || zoom === undefined ? undefined : { pan, tilt, zoom };
}

function numberOf(xml: Xml | undefined, ...path: readonly string[]): number | undefined {
  const written = text(xml, ...path);
  const value = written === undefined || written === '' ? Number.NaN : Number(written);
  return Number.isFinite(value) && Math.abs(value) <= 1000 ? value : undefined;
}

/** What is not said of one axis is not known of the whole: who says nothing of the zoom has none. */
function movementOf(xml: Xml | undefined): HeadStatus['movement'] {
  const said = [text(xml, 'PanTilt'), text(xml, 'Zoom') ?? 'IDLE'];
  if (said.includes('MOVING')) return 'moving';
  return said.every((axis) => axis === 'IDLE') ? 'idle' : 'unknown';
}
