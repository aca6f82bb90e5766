// SPDX-License-Identifier: AGPL-3.0-or-later
// What a device that turns answers: ONVIF PTZ (ver20), as far as presets and status go.
import { PROFILE_TOKEN, type SimulatedDevice } from './device.ts';
import type { HeadPosition, SimulatedHead } from './head.ts';
import type { Operation } from './operation.ts';
import { SoapFault, type Xml, child, escaped, text } from './soap.ts';

const SPACES = 'http://www.onvif.org/ver10/tptz';

function requireHead(device: SimulatedDevice, body: Xml): SimulatedHead {
  if (!device.head) throw new SoapFault('Receiver', ['ActionNotSupported'], 'This device does not turn');
  if (text(body, 'ProfileToken') !== PROFILE_TOKEN)
    throw new SoapFault('Sender', ['InvalidArgVal', 'NoProfile'], 'No such profile');
  return device.head;
}

const positionXml = (name: string, { pan, tilt, zoom }: HeadPosition): string =>
  `<${name}><tt:PanTilt x="${pan.toFixed(6)}" y="${tilt.toFixed(6)}" space="${SPACES}/PanTiltSpaces/PositionGenericSpace"/>` +
  `<tt:Zoom x="${zoom.toFixed(6)}" space="${SPACES}/ZoomSpaces/PositionGenericSpace"/></${name}>`;

function statusXml(head: SimulatedHead): string {
  const utc = `<tt:UtcTime>${new Date().toISOString()}</tt:UtcTime>`;
  if (head.fault?.kind === 'says-nothing') return utc;
  const { position, moving } = head.status;
  const state = moving ? 'MOVING' : 'IDLE';
  return (
    `${positionXml('tt:Position', position)}<tt:MoveStatus><tt:PanTilt>${state}</tt:PanTilt>` +
    `<tt:Zoom>${state}</tt:Zoom></tt:MoveStatus>${utc}`
  );
}

/** What is not given stays as it is. */
const numberOr = (xml: Xml | undefined, name: string, otherwise: number): number => {
  const value = Number(text(xml, name) ?? otherwise);
  return Number.isFinite(value) ? value : otherwise;
};

const readPosition = (xml: Xml | undefined, otherwise: HeadPosition): HeadPosition => ({
  pan: numberOr(child(xml, 'PanTilt'), '@x', otherwise.pan),
  tilt: numberOr(child(xml, 'PanTilt'), '@y', otherwise.tilt),
  zoom: numberOr(child(xml, 'Zoom'), '@x', otherwise.zoom),
});

export const ptzOperations: Readonly<Record<string, Operation>> = {
  GetStatus: ({ device, body }) =>
    `<tptz:GetStatusResponse><tptz:PTZStatus>${statusXml(requireHead(device, body))}</tptz:PTZStatus></tptz:GetStatusResponse>`,
  GetPresets: ({ device, body }) =>
    `<tptz:GetPresetsResponse>${requireHead(device, body)
      .presets.map(
        ({ token, name, position }) =>
          `<tptz:Preset token="${escaped(token)}"><tt:Name>${escaped(name)}</tt:Name>${positionXml('tt:PTZPosition', position)}</tptz:Preset>`,
      )
      .join('')}</tptz:GetPresetsResponse>`,
  GotoPreset: ({ device, body }) => {
    if (!requireHead(device, body).goto(text(body, 'PresetToken') ?? ''))
      throw new SoapFault('Sender', ['InvalidArgVal', 'NoToken'], 'No such preset');
    return '<tptz:GotoPresetResponse/>';
  },
  AbsoluteMove: ({ device, body }) => {
    const head = requireHead(device, body);
    head.moveTo(readPosition(child(body, 'Position'), head.status.position));
    return '<tptz:AbsoluteMoveResponse/>';
  },
  ContinuousMove: ({ device, body }) => {
    requireHead(device, body).moveOn(readPosition(child(body, 'Velocity'), { pan: 0, tilt: 0, zoom: 0 }));
    return '<tptz:ContinuousMoveResponse/>';
  },
  Stop: ({ device, body }) => {
    requireHead(device, body).stop();
    return '<tptz:StopResponse/>';
  },
};
