// SPDX-License-Identifier: AGPL-3.0-or-later
// One bench in a process of its own, so that no bench measures what another one has left behind.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    out: { type: 'string' },
    folder: { type: 'string' },
    cache: { type: 'string' },
    root: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const { name, out, folder, cache, root, quick } = values;
if (!name || !out || !folder || !cache || !root) throw new Error('started by run.mjs only');

const { bench } = (await import(`./benches/${name}.bench.ts`)) as { bench: Bench };
const measurements = await bench({ quick, folder, cache, root, say: (text) => console.log(`    ${name}: ${text}`) });
writeFileSync(out, JSON.stringify(measurements));
process.exit(0);
