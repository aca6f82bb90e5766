// SPDX-License-Identifier: AGPL-3.0-or-later
// Starts programs that read what strangers send: decoders without a network, and fetchers without privileges.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./sandbox.pl', import.meta.url));
const SCRIPT_NAME = 'sandbox.pl';
/** nobody and nogroup on Debian and Ubuntu. */
const NOBODY = 65534;
const FOLDER_PREFIX = 'louver-masker-';

/** `none` only where an operator has said so, in LOUVER_SANDBOX. */
export type Sandbox = 'seccomp' | 'none';

class SandboxUnavailable extends Error {
  constructor(reason: string) {
    super(
      `couldn't build the decoder's sandbox: ${reason}. Video of strangers is not decoded without one. ` +
        'LOUVER_SANDBOX=none decodes it all the same, with the rights of this process: only where another wall stands around it',
    );
    this.name = 'SandboxUnavailable';
  }
}

const isRoot = () => process.getuid?.() === 0;

/** Gives up root's rights on the way to a program; somebody who is not root has none to give up. */
const withoutPrivileges = (): string[] =>
  isRoot()
    ? [
        'setpriv',
        `--reuid=${NOBODY}`,
        `--regid=${NOBODY}`,
        '--clear-groups',
        '--inh-caps=-all',
        '--bounding-set=-all',
        '--no-new-privs',
        '--',
      ]
    : [];

function launch(command: readonly string[], cwd: string): ChildProcessWithoutNullStreams {
  const [program = '', ...args] = command;
  // Nothing of our environment: it holds the addresses and passwords of database and Redis.
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  // The exit says what happened; a write to a program that has just ended must not end this one.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
  return child;
}

/** A program with the network and no rights: fetches, never decodes. */
export const launchFetcher = (program: string, args: readonly string[]): ChildProcessWithoutNullStreams =>
  launch([...withoutPrivileges(), program, ...args], '/');

/** A program without network, processes or growing files. `folder` comes from `makeFolder` and is where it stands. */
export function launchDecoder(
  sandbox: Sandbox,
  folder: string,
  program: string,
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  const walls = sandbox === 'seccomp' ? ['perl', SCRIPT_NAME] : [];
  return launch([...withoutPrivileges(), ...walls, program, ...args], folder);
}

/** A folder that the sandboxed program may read and nobody but us may change. Holds the launcher and the given files. */
export async function makeFolder(files: Readonly<Record<string, Buffer>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  try {
    // A copy, because the checkout may lie below a folder that only its owner may enter.
    await copyFile(SCRIPT, join(folder, SCRIPT_NAME));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    if (isRoot()) {
      for (const name of [SCRIPT_NAME, ...Object.keys(files)]) await chmod(join(folder, name), 0o444);
      await chown(folder, 0, NOBODY);
      await chmod(folder, 0o750);
    }
    return folder;
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Folders of workers that were killed before they could tidy up. */
export async function removeForgottenFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${FOLDER_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await removeFolder(join(tmpdir(), name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const CALLS_THE_NETWORK = 'socket(my $s, 2, 1, 0) or exit 3; exit 4';

/**
 * Proves that the walls stand: what opens a socket must be killed for it.
 * @throws SandboxUnavailable otherwise, unless LOUVER_SANDBOX=none
 */
export async function requireSandbox(env: NodeJS.ProcessEnv = process.env): Promise<Sandbox> {
  if (env.LOUVER_SANDBOX === 'none') return 'none';
  if (env.LOUVER_SANDBOX !== undefined && env.LOUVER_SANDBOX !== 'seccomp')
    throw new Error(`LOUVER_SANDBOX must be seccomp or none, not ${env.LOUVER_SANDBOX}`);
  const folder = await makeFolder();
  try {
    const child = launchDecoder('seccomp', folder, 'perl', ['-e', CALLS_THE_NETWORK]);
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    const [code, signal] = (await once(child, 'close').catch((error: Error) => {
      throw new SandboxUnavailable(error.message);
    })) as [number | null, NodeJS.Signals | null];
    if (signal !== 'SIGSYS')
      throw new SandboxUnavailable(complaints.trim() || `a program in it could open a socket (${String(code)})`);
    return 'seccomp';
  } finally {
    await removeFolder(folder);
  }
}
