// SPDX-License-Identifier: AGPL-3.0-or-later
// The camera list by bounding box and the columns of the map, over HTTP, with 100,000 cameras.
import { Agent, get, type IncomingMessage } from 'node:http';
import type { Bench, Measurement } from '../bench.ts';
import { inInstallation } from '../installation.ts';
import { COUNT, HOME, plantCameras } from '../many-cameras.ts';
import type { Person } from '../person.ts';
import { percentile, spread } from '../statistics.ts';

/** Of each kind of box, unmeasured: the first one would pay for a program that has only just started. */
const WARM_UP = 60;
/** Degrees across: a crossing, a ward, a city, a region, the whole country. */
const BOXES = [
  ['a crossing', 0.004],
  ['a ward', 0.03],
  ['a city', 0.3],
  ['a region', 4],
  ['the country', 24],
] as const;

interface Answer {
  readonly ms: number;
  readonly bytes: number;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** From the request to the last byte, on a connection that stands. */
function ask(person: Person, url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const take = (answer: IncomingMessage) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const body = Buffer.concat(parts);
        if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode} ${body.toString()}`));
        else resolve({ ms: performance.now() - began, bytes: body.length, body });
      });
    };
    const headers = { cookie: person.cookie, 'accept-encoding': 'gzip' };
    get(url, { agent, headers }, take).on('error', reject);
  });
}

/** Around towns rather than anywhere: an empty box is quick. */
function boxAround(degrees: number): string {
  const centre = degrees > 10 ? { lon: 106.5, lat: 15.5 } : HOME;
  const within = Math.max(0, HOME.size * 2 - degrees / 2);
  const lon = centre.lon + (Math.random() - 0.5) * within;
  const lat = centre.lat + (Math.random() - 0.5) * within;
  const half = degrees / 2;
  return [lon - half, lat - half, lon + half, lat + half].map((value) => value.toFixed(6)).join(',');
}

export const bench: Bench = async (context) =>
  inInstallation(context, async (at) => {
    await plantCameras(at.owner, context.say);
    const operator = await at.person('operator');
    const times = context.quick ? 100 : 400;
    const measurements: Measurement[] = [];
    for (const [name, degrees] of BOXES) {
      context.say(`boxes of ${name}`);
      const one = () => ask(operator, `${at.url}/api/v1/cameras?bbox=${boxAround(degrees)}&limit=100`);
      for (let i = 0; i < WARM_UP; i++) await one();
      const answers: Answer[] = [];
      for (let i = 0; i < times; i++) answers.push(await one());
      const ms = answers.map((answer) => answer.ms);
      measurements.push({
        what: `Camera list, box of ${name} (${degrees}°), of ${COUNT.toLocaleString('en')} cameras, p99`,
        measured: percentile(ms, 99),
        unit: 'ms',
        budget: 50,
        samples: times,
        note: spread(ms, 1),
      });
    }
    context.say('columns of the map');
    const columns: Answer[] = [];
    for (let i = 0; i < (context.quick ? 2 : 20); i++)
      columns.push(await ask(operator, `${at.url}/api/v1/map/cameras`));
    const ms = columns.map((answer) => answer.ms);
    measurements.push({
      what: `Map columns of ${COUNT.toLocaleString('en')} cameras, p95`,
      measured: percentile(ms, 95),
      unit: 'ms',
      samples: ms.length,
      note: `${spread(ms)}; ${((columns[0]?.bytes ?? 0) / 1e6).toFixed(2)} MB over the line`,
    });
    agent.destroy();
    return measurements;
  });
