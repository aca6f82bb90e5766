// SPDX-License-Identifier: AGPL-3.0-or-later
import { Readable, Writable } from 'node:stream';
import { run } from '../program.ts';

const collector = (lines: string[]) =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });

/** One command line in this process, with an environment of its own and nobody at the keyboard. */
export async function louver(args: string[], env: NodeJS.ProcessEnv = {}, stdin = '') {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { env, stdin: Readable.from([stdin]), stdout: collector(out), stderr: collector(err) };
  const code = await run(terminal, args);
  return { code, out: out.join(''), err: err.join('') };
}
