// SPDX-License-Identifier: AGPL-3.0-or-later

const WINDS = ['N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE', 'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW'];

export interface Direction {
  /** Degrees clockwise from north, 0 ≤ heading < 360. */
  heading: number;
  /** Degrees, when a range was given. */
  width?: number;
}

const BEARING = String.raw`(\d+(?:\.\d+)?°?|[A-Za-z]{1,3})`;
const RANGE = new RegExp(String.raw`^${BEARING}\s*[-–]\s*${BEARING}$`);

/**
 * What OSM's direction keys hold: degrees, winds, ranges clockwise (`45-135`), and lists of them joined by semicolons.
 * @returns undefined in place of what can't be read (`forward`, `both`)
 */
export function readDirections(text: string): (Direction | undefined)[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readOne);
}

function readOne(text: string): Direction | undefined {
  const range = RANGE.exec(text);
  if (range) return sector(bearing(range[1]!), bearing(range[2]!));
  const heading = bearing(text);
  return heading === undefined ? undefined : { heading };
}

function sector(from: number | undefined, to: number | undefined): Direction | undefined {
  if (from === undefined || to === undefined) return undefined;
  const width = (to - from + 360) % 360;
  const heading = (from + width / 2) % 360;
  // A pinhole sees less than half a circle; a wider range says where it may turn, not what it sees.
  return width > 0 && width < 180 ? { heading, width } : { heading };
}

function bearing(text: string): number | undefined {
  const wind = WINDS.indexOf(text.toUpperCase());
  if (wind >= 0) return wind * 22.5;
  if (!/^-?\d+(\.\d+)?°?$/.test(text)) return undefined;
  const degrees = Number.parseFloat(text);
  return Math.abs(degrees) > 360 ? undefined : (degrees + 360) % 360;
}
