// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Aim, DEFAULT_MARGIN_DEG, type Terrain, measure, readAsciiGrid } from '@louver/sightline';
import { Command, InvalidArgumentError } from 'commander';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { say, warn, type Terminal } from '../terminal.ts';
import { parseAim } from './aim-file.ts';
import { parseBuildings } from './buildings-file.ts';

interface ExposureOptions {
  aim: string;
  buildings: string;
  marginDeg: number;
  terrain?: string;
}

const MOST_MARGIN_DEG = 45;
const WHOLE_FRAME = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

function degrees(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= MOST_MARGIN_DEG))
    throw new InvalidArgumentError(`expected degrees from 0 to ${MOST_MARGIN_DEG}.`);
  return value;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure(EXIT.usage, `couldn't read ${path}: ${reasonOf(error)}`, error);
  }
}

async function readTerrain(path: string): Promise<Terrain> {
  const text = await readText(path);
  try {
    return readAsciiGrid(text);
  } catch (error) {
    throw new Failure(EXIT.refused, `${path} is no height grid: ${reasonOf(error)}`, error);
  }
}

/** Beyond the grid the ground is taken as level: a file of somewhere else would say nothing, and nobody would notice. */
function requireReach(
  path: string,
  { west, south, step, columns, rows }: Terrain,
  { lon, lat }: Aim['position'],
): void {
  const isWithin = (value: number, first: number, count: number): boolean =>
    value >= first && value <= first + (count - 1) * step;
  if (!isWithin(lon, west, columns) || !isWithin(lat, south, rows))
    throw new Failure(EXIT.refused, `${path} does not reach the camera at ${lon}, ${lat}`);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Failure(EXIT.refused, `${path} is no JSON: ${reasonOf(error)}`, error);
  }
}

async function runExposure(
  terminal: Terminal,
  { aim: aimFile, buildings: file, marginDeg, terrain: heights }: ExposureOptions,
) {
  // npm changes to the root of the repository; a path is meant from where the command was typed.
  const from = terminal.env.INIT_CWD ?? '.';
  const { aim, uncalibrated, ignored } = parseAim(aimFile, await readJson(resolve(from, aimFile)));
  const { buildings, remarks } = parseBuildings(file, await readJson(resolve(from, file)));
  const terrain = heights === undefined ? undefined : await readTerrain(resolve(from, heights));
  if (aim && terrain && heights !== undefined) requireReach(heights, terrain, aim.position);
  if (ignored.length > 0) warn(terminal, `${aimFile}: ignored, it has no meaning here: ${ignored.join(', ')}`);
  for (const remark of remarks) warn(terminal, `${file}: ${remark}`);
  if (aim) say(terminal, JSON.stringify(measure(aim, buildings, marginDeg, terrain)));
  // Nothing is guessed: who covers by what is printed covers everything.
  else say(terminal, JSON.stringify({ polygons: [WHOLE_FRAME], exposures: [], uncalibrated }));
}

export const exposureCommand = (terminal: Terminal): Command =>
  new Command('exposure')
    .description('print which homes an aim sees, and the masks that follow from it, as JSON')
    .requiredOption(
      '--aim <file>',
      'AIM.json: position, heading, tilt, roll, hfov, image, range; k1, k2 of a lens that bends',
    )
    .requiredOption('--buildings <file>', 'GeoJSON with id, use, height, min_height, or the tags of OpenStreetMap')
    .option(
      '--margin-deg <degrees>',
      'how far masks reach beyond a home, for errors of calibration and map; 0 gives bare silhouettes',
      degrees,
      DEFAULT_MARGIN_DEG,
    )
    .option('--terrain <file>', 'heights of the ground as an ESRI ASCII grid in degrees WGS 84; by default it is flat')
    .action((options: ExposureOptions) => runExposure(terminal, options));
