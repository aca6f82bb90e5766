// SPDX-License-Identifier: AGPL-3.0-or-later
// `louver witness` in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

export interface WitnessFolder {
  readonly path: string;
  readonly key: string;
  readonly state: string;
  readonly vkeys: string;
  remove(): void;
}

/** Where a witness of this log keeps what is its own. */
export function witnessFolder(vkey: string): WitnessFolder {
  const path = mkdtempSync(join(tmpdir(), 'louver-witness-'));
  const vkeys = join(path, 'log.vkey');
  writeFileSync(vkeys, `${vkey}\n`);
  const [key, state] = [join(path, 'witness.key'), join(path, 'state')];
  return { path, key, state, vkeys, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface WitnessProcess {
  readonly process: ChildProcess;
  readonly url: string;
  /** As printed. */
  readonly vkey: string;
  readonly said: () => string;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** @throws when it ends before it answers, with what it said */
export async function startWitness(folder: WitnessFolder, name: string, ...more: string[]): Promise<WitnessProcess> {
  const options = ['--key', folder.key, '--name', name, '--log', folder.vkeys, '--state', folder.state, '--port', '0'];
  const main = join(ROOT, 'packages/cli/src/testing/witness-main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', main, ...options, ...more], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const gone = once(child, 'exit');
  const address = new Promise<{ url: string; vkey: string }>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      said += part.toString();
      const url = /answers at (\S+)/.exec(said)?.[1];
      const vkey = /verifier key: (\S+)/.exec(said)?.[1];
      if (url && vkey && said.includes('\nquorum ')) resolve({ url, vkey });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    gone.then(() => reject(new Error(`the witness ended: ${said}`)), reject);
  });
  const { url, vkey } = await address;
  return {
    process: child,
    url,
    vkey,
    said: () => said,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await gone;
    },
  };
}
