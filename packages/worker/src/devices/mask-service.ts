// SPDX-License-Identifier: AGPL-3.0-or-later
// Privacy masks of ONVIF Media2: what a device can, what it has, and making it have ours.
import type { MaskPolygons } from '@louver/contract';
import { FILL } from '../media/y4m.ts';
import { DeviceFailed, type DeviceClient } from './soap-client.ts';
import { type Xml, child, children, escaped, text } from './xml.ts';

export interface MaskAbility {
  readonly maxMasks: number;
  readonly maxPoints: number;
  readonly rectangleOnly: boolean;
}

export interface MaskOnDevice {
  readonly token: string;
  /** As ours: fractions of the frame, origin top left. */
  readonly polygon: MaskPolygons[number];
  /** Covers with our black, now. */
  readonly isBlack: boolean;
}

const YCBCR = 'http://www.onvif.org/ver10/colorspace/YCbCr';
const BLACK = [FILL.y, FILL.u, FILL.v] as const;
const AXES = ['X', 'Y', 'Z'] as const;
/** Devices round corners to some grid of theirs, and colours to whole steps. */
const SAME_PLACE = 0.006;
const SAME_COLOUR = 1;

/** The profile whose pictures our stream carries, and its video source. @throws DeviceFailed where that is not certain */
export async function findProfile(
  client: DeviceClient,
  streamUrl: string,
): Promise<{ readonly profile: string; readonly source: string }> {
  const profiles = children(await client.ask('media2', 'GetProfiles', '<s:Type>VideoSource</s:Type>'), 'Profiles');
  const ours = tailOf(streamUrl);
  for (const profile of profiles) {
    const [token, source] = [text(profile, '@token'), text(profile, 'Configurations', 'VideoSource', '@token')];
    if (token === undefined || source === undefined) continue;
    const inner = `<s:Protocol>RTSP</s:Protocol><s:ProfileToken>${escaped(token)}</s:ProfileToken>`;
    const uri = text(await client.ask('media2', 'GetStreamUri', inner), 'Uri') ?? '';
    if (tailOf(uri) === ours) return { profile: token, source };
  }
  throw new DeviceFailed('unsupported', 'no profile of the device is the stream that we fetch');
}

/** Path and query: host and port may be another name of the same device. */
const tailOf = (url: string): string | undefined => /^rtsps?:\/\/[^/]+(\/.*)$/i.exec(url)?.[1];

/** @throws DeviceFailed when it has no masks, or none that are plainly black */
export async function readAbility(client: DeviceClient, source: string): Promise<MaskAbility> {
  const options = child(await client.ask('media2', 'GetMaskOptions', configuration(source)), 'Options');
  const count = (name: string) => Math.max(0, Math.floor(Number(text(options, name) ?? 0)) || 0);
  const [maxMasks, maxPoints] = [count('MaxMasks'), count('MaxPoints')];
  const hasColour = children(options, 'Types').some((type) => type === 'Color');
  if (maxMasks === 0 || !hasColour || !hasBlack(child(options, 'Color')))
    throw new DeviceFailed('unsupported', 'the device has no black masks');
  return { maxMasks, maxPoints, rectangleOnly: text(options, '@RectangleOnly') === 'true' };
}

const configuration = (source: string) => `<s:ConfigurationToken>${escaped(source)}</s:ConfigurationToken>`;

/** Colours are a list or ranges; a device that says neither is asked for black and looked at. */
function hasBlack(colours: Xml | undefined): boolean {
  const listed = children(colours, 'ColorList');
  const ranges = children(colours, 'ColorspaceRange');
  if (listed.length === 0 && ranges.length === 0) return true;
  return (
    listed.some(isBlack) ||
    ranges.some(
      (range) =>
        (text(range, 'Colorspace') ?? YCBCR) === YCBCR &&
        AXES.every((axis, i) => {
          const [least, most] = [Number(text(range, axis, 'Min')), Number(text(range, axis, 'Max'))];
          return least <= BLACK[i]! && BLACK[i]! <= most;
        }),
    )
  );
}

const isBlack = (colour: Xml | undefined): boolean =>
  (text(colour, '@Colorspace') ?? YCBCR) === YCBCR &&
  AXES.every((axis, i) => Math.abs(Number(text(colour, `@${axis}`)) - BLACK[i]!) <= SAME_COLOUR);

export async function readMasks(client: DeviceClient, source: string): Promise<MaskOnDevice[]> {
  const answer = await client.ask('media2', 'GetMasks', configuration(source));
  return children(answer, 'Masks').map((mask) => ({
    token: text(mask, '@token') ?? '',
    polygon: children(child(mask, 'Polygon'), 'Point').map((point): [number, number] => [
      (Number(text(point, '@x')) + 1) / 2,
      (1 - Number(text(point, '@y'))) / 2,
    ]),
    isBlack: text(mask, 'Enabled') === 'true' && text(mask, 'Type') === 'Color' && isBlack(child(mask, 'Color')),
  }));
}

/** @returns its token */
export async function createMask(client: DeviceClient, source: string, polygon: MaskPolygons[number]): Promise<string> {
  // ONVIF's own coordinates: -1 … 1, origin in the middle, y upwards.
  const points = polygon.map(([x, y]) => `<tt:Point x="${(2 * x - 1).toFixed(5)}" y="${(1 - 2 * y).toFixed(5)}"/>`);
  const colour = AXES.map((axis, i) => `${axis}="${BLACK[i]}"`).join(' ');
  const mask =
    `<s:Mask>${configuration(source)}<s:Polygon>${points.join('')}</s:Polygon><s:Type>Color</s:Type>` +
    `<s:Color ${colour} Colorspace="${YCBCR}"/><s:Enabled>true</s:Enabled></s:Mask>`;
  const token = text(await client.ask('media2', 'CreateMask', mask), 'Token');
  if (!token) throw new DeviceFailed('unsupported', 'the device made a mask and did not name it');
  return token;
}

export async function deleteMask(client: DeviceClient, token: string): Promise<void> {
  await client.ask('media2', 'DeleteMask', `<s:Token>${escaped(token)}</s:Token>`);
}

/** Whether a mask that was read back lies over this polygon, whichever corner it begins with and whichever way it runs. */
export function isOver({ polygon, isBlack: covers }: MaskOnDevice, wanted: MaskPolygons[number]): boolean {
  if (!covers || polygon.length !== wanted.length) return false;
  const near = ([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]) =>
    Math.abs(x1 - x2) <= SAME_PLACE && Math.abs(y1 - y2) <= SAME_PLACE;
  const count = wanted.length;
  return [polygon, polygon.toReversed()].some((ring) =>
    ring.some((_, shift) => wanted.every((corner, i) => near(corner, ring[(i + shift) % count]!))),
  );
}
