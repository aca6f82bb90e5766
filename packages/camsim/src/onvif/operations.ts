// SPDX-License-Identifier: AGPL-3.0-or-later
// What a device answers: ONVIF Device (ver10) and Media2 (ver20), as far as masks need them; PTZ stands beside.
import type { MaskColour } from './burn.ts';
import { type DeviceMask, PROFILE_TOKEN, type SimulatedDevice, VIDEO_SOURCE_TOKEN } from './device.ts';
import type { Operation } from './operation.ts';
import { ptzOperations } from './ptz-operations.ts';
import { SoapFault, type Xml, child, children, escaped, text } from './soap.ts';

const SERVICES = {
  device_service: 'http://www.onvif.org/ver10/device/wsdl',
  media2_service: 'http://www.onvif.org/ver20/media/wsdl',
  ptz_service: 'http://www.onvif.org/ver20/ptz/wsdl',
} as const;
export type ServiceName = keyof typeof SERVICES;
export const isServiceName = (name: string): name is ServiceName => Object.hasOwn(SERVICES, name);

const YCBCR = 'http://www.onvif.org/ver10/colorspace/YCbCr';

const dateTime = (at: Date): string =>
  `<tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute>` +
  `<tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year>` +
  `<tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date>`;

/** These two must be asked before anybody can prove who he is: the clock is part of the proof. */
export const WITHOUT_PROOF: ReadonlySet<string> = new Set(['GetSystemDateAndTime', 'GetServices', 'GetCapabilities']);

const deviceOperations: Readonly<Record<string, Operation>> = {
  GetSystemDateAndTime: ({ device }) =>
    '<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType>' +
    `<tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime>${dateTime(new Date(device.clock))}</tt:UTCDateTime>` +
    '</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>',
  GetDeviceInformation: ({ device }) =>
    '<tds:GetDeviceInformationResponse><tds:Manufacturer>camsim</tds:Manufacturer><tds:Model>loop</tds:Model>' +
    `<tds:FirmwareVersion>1</tds:FirmwareVersion><tds:SerialNumber>${escaped(device.name)}</tds:SerialNumber>` +
    '<tds:HardwareId>none</tds:HardwareId></tds:GetDeviceInformationResponse>',
  GetServices: ({ base, device }) =>
    `<tds:GetServicesResponse>${Object.entries(SERVICES)
      .filter(([name]) => name !== 'ptz_service' || device.head)
      .map(
        ([name, namespace]) =>
          `<tds:Service><tds:Namespace>${namespace}</tds:Namespace><tds:XAddr>${escaped(`${base}/${name}`)}</tds:XAddr>` +
          '<tds:Version><tt:Major>2</tt:Major><tt:Minor>6</tt:Minor></tds:Version></tds:Service>',
      )
      .join('')}</tds:GetServicesResponse>`,
  GetCapabilities: ({ base }) =>
    `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Device><tt:XAddr>${escaped(base)}/device_service</tt:XAddr>` +
    '</tt:Device></tds:Capabilities></tds:GetCapabilitiesResponse>',
};

function requireSource(token: string | undefined): void {
  if (token !== undefined && token !== VIDEO_SOURCE_TOKEN)
    throw new SoapFault('Sender', ['InvalidArgVal', 'NoConfig'], 'The configuration does not exist');
}

const number = (xml: Xml | undefined, name: string): number => {
  const value = Number(text(xml, name) ?? Number.NaN);
  if (!Number.isFinite(value)) throw new SoapFault('Sender', ['InvalidArgVal'], `${name} is not a number`);
  return value;
};

function colourOf(xml: Xml | undefined): MaskColour {
  if (xml === undefined) return [16, 128, 128];
  if ((text(xml, '@Colorspace') ?? YCBCR) !== YCBCR)
    throw new SoapFault('Sender', ['InvalidArgVal', 'InvalidColor'], 'This colour space is not known');
  return [number(xml, '@X'), number(xml, '@Y'), number(xml, '@Z')];
}

const isRectangle = (points: DeviceMask['polygon']): boolean =>
  points.length === 4 && new Set(points.map(([x]) => x)).size === 2 && new Set(points.map(([, y]) => y)).size === 2;

/** @throws SoapFault where the device cannot do it */
function readMask(device: SimulatedDevice, xml: Xml | undefined): Omit<DeviceMask, 'token'> {
  requireSource(text(xml, 'ConfigurationToken'));
  const { maxPoints, rectangleOnly, types, colours } = device.traits;
  const polygon = children(child(xml, 'Polygon'), 'Point').map((p) => [number(p, '@x'), number(p, '@y')] as const);
  const isInFrame = polygon.every(([x, y]) => Math.abs(x) <= 1 && Math.abs(y) <= 1);
  if (polygon.length < 3 || polygon.length > maxPoints || !isInFrame || (rectangleOnly && !isRectangle(polygon)))
    throw new SoapFault('Sender', ['InvalidArgVal', 'InvalidPolygon'], 'The device cannot draw this polygon');
  const type = text(xml, 'Type') ?? '';
  if (!types.includes(type))
    throw new SoapFault('Sender', ['InvalidArgVal', 'ConfigModify'], 'This type of mask is not known');
  const colour = colourOf(child(xml, 'Color'));
  if (colours && !colours.some((known) => known.every((value, i) => value === colour[i])))
    throw new SoapFault('Sender', ['InvalidArgVal', 'InvalidColor'], 'The device does not have this colour');
  return { polygon, type, colour, enabled: text(xml, 'Enabled') === 'true' };
}

const colourXml = ([x, y, z]: MaskColour): string => `<tr2:Color X="${x}" Y="${y}" Z="${z}" Colorspace="${YCBCR}"/>`;

/** Devices round what they are given. */
const rounded = (value: number): string => value.toFixed(4);

const maskXml = ({ token, polygon, type, colour, enabled }: DeviceMask): string =>
  `<tr2:Masks token="${token}"><tr2:ConfigurationToken>${VIDEO_SOURCE_TOKEN}</tr2:ConfigurationToken><tr2:Polygon>` +
  polygon.map(([x, y]) => `<tt:Point x="${rounded(x)}" y="${rounded(y)}"/>`).join('') +
  `</tr2:Polygon><tr2:Type>${escaped(type)}</tr2:Type>${colourXml(colour)}<tr2:Enabled>${enabled}</tr2:Enabled></tr2:Masks>`;

function colourOptions({ traits: { colours } }: SimulatedDevice): string {
  if (colours)
    return colours.map(([x, y, z]) => `<tt:ColorList X="${x}" Y="${y}" Z="${z}" Colorspace="${YCBCR}"/>`).join('');
  const axis = (name: string) => `<tt:${name}><tt:Min>0</tt:Min><tt:Max>255</tt:Max></tt:${name}>`;
  return `<tt:ColorspaceRange>${axis('X')}${axis('Y')}${axis('Z')}<tt:Colorspace>${YCBCR}</tt:Colorspace></tt:ColorspaceRange>`;
}

const maskOptions = (device: SimulatedDevice): string => {
  const { maxMasks, maxPoints, rectangleOnly, types } = device.traits;
  return (
    `<tr2:GetMaskOptionsResponse><tr2:Options RectangleOnly="${rectangleOnly}" SingleColorOnly="false">` +
    `<tr2:MaxMasks>${maxMasks}</tr2:MaxMasks><tr2:MaxPoints>${maxPoints}</tr2:MaxPoints>` +
    types.map((type) => `<tr2:Types>${escaped(type)}</tr2:Types>`).join('') +
    `<tr2:Color>${colourOptions(device)}</tr2:Color></tr2:Options></tr2:GetMaskOptionsResponse>`
  );
};

function requireMask(device: SimulatedDevice, token: string | undefined): DeviceMask {
  const found = device.masks.find((mask) => mask.token === token);
  if (!found) throw new SoapFault('Sender', ['InvalidArgVal', 'NoConfig'], 'No such mask');
  return found;
}

const media2Operations: Readonly<Record<string, Operation>> = {
  GetProfiles: () =>
    `<tr2:GetProfilesResponse><tr2:Profiles token="${PROFILE_TOKEN}" fixed="true"><tr2:Name>main</tr2:Name>` +
    `<tr2:Configurations><tr2:VideoSource token="${VIDEO_SOURCE_TOKEN}"><tt:Name>source</tt:Name></tr2:VideoSource>` +
    '</tr2:Configurations></tr2:Profiles></tr2:GetProfilesResponse>',
  GetVideoSourceConfigurations: ({ device: { frame } }) =>
    `<tr2:GetVideoSourceConfigurationsResponse><tr2:Configurations token="${VIDEO_SOURCE_TOKEN}"><tt:Name>source</tt:Name>` +
    '<tt:UseCount>1</tt:UseCount><tt:SourceToken>sensor-1</tt:SourceToken>' +
    `<tt:Bounds x="0" y="0" width="${frame.width}" height="${frame.height}"/></tr2:Configurations>` +
    '</tr2:GetVideoSourceConfigurationsResponse>',
  GetStreamUri: ({ device, body }) => {
    if (text(body, 'ProfileToken') !== PROFILE_TOKEN)
      throw new SoapFault('Sender', ['InvalidArgVal', 'NoProfile'], 'No such profile');
    return `<tr2:GetStreamUriResponse><tr2:Uri>${escaped(device.streamUrl)}</tr2:Uri></tr2:GetStreamUriResponse>`;
  },
  GetMaskOptions: ({ device, body }) => {
    requireSource(text(body, 'ConfigurationToken'));
    return maskOptions(device);
  },
  GetMasks: ({ device, body }) => {
    requireSource(text(body, 'ConfigurationToken'));
    const token = text(body, 'Token');
    const masks = token === undefined ? device.masks : [requireMask(device, token)];
    return `<tr2:GetMasksResponse>${masks.map(maskXml).join('')}</tr2:GetMasksResponse>`;
  },
  CreateMask: ({ device, body }) => {
    if (device.masks.length >= device.traits.maxMasks)
      throw new SoapFault('Receiver', ['Action', 'MaxMasks'], 'The device has no room for another mask');
    const token = device.addMask(readMask(device, child(body, 'Mask')));
    return `<tr2:CreateMaskResponse><tr2:Token>${token}</tr2:Token></tr2:CreateMaskResponse>`;
  },
  SetMask: ({ device, body }) => {
    const { token } = requireMask(device, text(child(body, 'Mask'), '@token'));
    device.replaceMask({ ...readMask(device, child(body, 'Mask')), token });
    return '<tr2:SetMaskResponse/>';
  },
  DeleteMask: ({ device, body }) => {
    device.removeMask(requireMask(device, text(body, 'Token')).token);
    return '<tr2:DeleteMaskResponse/>';
  },
};

const OPERATIONS: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>> = {
  device_service: deviceOperations,
  media2_service: media2Operations,
  ptz_service: ptzOperations,
};

/** Undefined where the service has no such operation. */
export const findOperation = (service: ServiceName, name: string): Operation | undefined =>
  Object.hasOwn(OPERATIONS[service], name) ? OPERATIONS[service][name] : undefined;
