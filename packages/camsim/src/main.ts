// SPDX-License-Identifier: AGPL-3.0-or-later
// The simulated cameras as a process: serves the demo city's streams, and clips given as `--clip name=path`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startCamsim } from './camsim.ts';

const Environment = z.object({
  CAMSIM_PORT: z.coerce.number().int().min(0).max(65_535).default(8554),
  CAMSIM_DATA: z.string().min(1).default('.louver/camsim'),
  CAMSIM_USER: z.string().min(1).optional(),
  CAMSIM_PASSWORD: z.string().min(1).optional(),
});

const Clip = z
  .string()
  .regex(/^[^=/\s]+=.+$/, 'expected name=path')
  .transform((text) => {
    const at = text.indexOf('=');
    return { name: text.slice(0, at), path: text.slice(at + 1) };
  });

function fail(cause: unknown): never {
  console.error(
    `camsim: ${cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : String(cause)}`,
  );
  process.exit(1);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { clip: { type: 'string', multiple: true }, copies: { type: 'string' } },
  });
  const env = Environment.parse(process.env);
  if ((env.CAMSIM_USER === undefined) !== (env.CAMSIM_PASSWORD === undefined)) {
    throw new Error("couldn't start: set CAMSIM_USER and CAMSIM_PASSWORD, or neither");
  }
  const camsim = await startCamsim({
    port: env.CAMSIM_PORT,
    dataDir: env.CAMSIM_DATA,
    clips: z.array(Clip).parse(values.clip ?? []),
    copies: z.coerce
      .number()
      .int()
      .min(0)
      .max(1000)
      .parse(values.copies ?? 0),
    log: console.log,
    ...(env.CAMSIM_USER !== undefined && env.CAMSIM_PASSWORD !== undefined
      ? { credentials: { user: env.CAMSIM_USER, password: env.CAMSIM_PASSWORD } }
      : {}),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void camsim.close().then(() => process.exit(0), fail));
  }
  await camsim.ready;
}

main().catch(fail);
