// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DEFAULT_MARGIN_DEG, measure } from '@louver/sightline';
import { Command, InvalidArgumentError } from 'commander';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { say, warn, type Terminal } from '../terminal.ts';
import { parseAim } from './aim-file.ts';
import { parseBuildings } from './buildings-file.ts';

interface ExposureOptions {
  aim: string;
  buildings: string;
  marginDeg: number;
}

const MOST_MARGIN_DEG = 45;

function degrees(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= MOST_MARGIN_DEG))
    throw new InvalidArgumentError(`expected degrees from 0 to ${MOST_MARGIN_DEG}.`);
  return value;
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure(EXIT.usage, `couldn't read ${path}: ${reasonOf(error)}`, error);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Failure(EXIT.refused, `${path} is no JSON: ${reasonOf(error)}`, error);
  }
}

async function runExposure(terminal: Terminal, { aim: aimFile, buildings: file, marginDeg }: ExposureOptions) {
  // npm changes to the root of the repository; a path is meant from where the command was typed.
  const from = terminal.env.INIT_CWD ?? '.';
  const { aim, ignored } = parseAim(aimFile, await readJson(resolve(from, aimFile)));
  const { buildings, remarks } = parseBuildings(file, await readJson(resolve(from, file)));
  if (ignored.length > 0) warn(terminal, `${aimFile}: ignored, it has no meaning here: ${ignored.join(', ')}`);
  for (const remark of remarks) warn(terminal, `${file}: ${remark}`);
  say(terminal, JSON.stringify(measure(aim, buildings, marginDeg)));
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
    .action((options: ExposureOptions) => runExposure(terminal, options));
