// SPDX-License-Identifier: AGPL-3.0-or-later
// Starts programs that read what strangers send: decoders without a network, and fetchers without privileges.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./sandbox.pl', import.meta.url));
const SCRIPT_NAME = 'sandbox.pl';
/** Users that no distribution, container manager or person is given, and those of a container that has only 65536. */
const STRANGERS = { first: 1_880_000_000, count: 1 << 27 };
const STRANGERS_OF_A_CONTAINER = { first: 20_000, count: 40_000 };
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

/** Whether these users exist in our user namespace. Its map has lines of: first within, first outside, count. */
function areMapped({ first, count }: typeof STRANGERS): boolean {
  return ['/proc/self/uid_map', '/proc/self/gid_map'].every((map) =>
    readFileSync(map, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/ +/).map(Number))
      .some(([from = NaN, , length = 0]) => first >= from && first + count <= from + length),
  );
}

let strangers: typeof STRANGERS | undefined;
/** Begins anywhere, so that two workers of one machine do not use the same users. */
let started = randomInt(STRANGERS.count);

/**
 * A user for one process alone: two of the same user may read and write each other's memory, and with it the picture before
 * it was masked. Undefined when we are not root and cannot choose.
 */
function newStranger(): number | undefined {
  if (!isRoot()) return undefined;
  strangers ??= areMapped(STRANGERS) ? STRANGERS : STRANGERS_OF_A_CONTAINER;
  return strangers.first + (started++ % strangers.count);
}

/** Gives up root's rights on the way to a program; somebody who is not root has none to give up. */
const withoutPrivileges = (user: number | undefined): string[] =>
  user !== undefined
    ? [
        'setpriv',
        `--reuid=${user}`,
        `--regid=${user}`,
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
  launch([...withoutPrivileges(newStranger()), program, ...args], '/');

/** A program without network, processes or growing files. `folder` comes from `makeFolder` and is where it stands. */
export function launchDecoder(
  sandbox: Sandbox,
  folder: string,
  program: string,
  args: readonly string[],
  priority: 'normal' | 'low' = 'normal',
): ChildProcessWithoutNullStreams {
  const walls = sandbox === 'seccomp' ? ['perl', SCRIPT_NAME] : [];
  const user = newStranger();
  // Its own folder and no other's.
  if (user !== undefined) chownSync(folder, 0, user);
  const behind = priority === 'low' ? ['nice', '-n', '10'] : [];
  return launch([...behind, ...withoutPrivileges(user), ...walls, program, ...args], folder);
}

/** A folder that the one program started in it may read and nobody but us may change. Holds the launcher and the given files. */
export async function makeFolder(files: Readonly<Record<string, Buffer>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  try {
    // A copy, because the checkout may lie below a folder that only its owner may enter.
    await copyFile(SCRIPT, join(folder, SCRIPT_NAME));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    if (isRoot()) {
      for (const name of [SCRIPT_NAME, ...Object.keys(files)]) await chmod(join(folder, name), 0o444);
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
const WAITS = '$| = 1; print "here\\n"; <STDIN>';
const READS_MEMORY = 'open(my $m, "<", "/proc/$ARGV[0]/mem") or exit 3; exit 4';

/**
 * Proves that the walls stand: what opens a socket must be killed for it, and no decoder may read another one's memory.
 * @throws SandboxUnavailable otherwise, unless LOUVER_SANDBOX=none
 */
export async function requireSandbox(env: NodeJS.ProcessEnv = process.env): Promise<Sandbox> {
  if (env.LOUVER_SANDBOX === 'none') return 'none';
  if (env.LOUVER_SANDBOX !== undefined && env.LOUVER_SANDBOX !== 'seccomp')
    throw new Error(`LOUVER_SANDBOX must be seccomp or none, not ${env.LOUVER_SANDBOX}`);
  const socket = await tryWithin(['-e', CALLS_THE_NETWORK]);
  if (socket.signal !== 'SIGSYS')
    throw new SandboxUnavailable(socket.complaint || `a program in it could open a socket (${String(socket.code)})`);
  // Without root all processes are of the one user that we are.
  if (isRoot()) await requireSeparation();
  return 'seccomp';
}

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly complaint: string;
}

/** Runs perl in the sandbox to its end. */
async function tryWithin(args: readonly string[]): Promise<Outcome> {
  const folder = await makeFolder();
  try {
    const child = launchDecoder('seccomp', folder, 'perl', args);
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
    const [code, signal] = (await once(child, 'close').catch((error: Error) => {
      throw new SandboxUnavailable(error.message);
    })) as [number | null, NodeJS.Signals | null];
    return { code, signal, complaint: complaint.trim() };
  } finally {
    await removeFolder(folder);
  }
}

async function requireSeparation(): Promise<void> {
  const folder = await makeFolder();
  const victim = launchDecoder('seccomp', folder, 'perl', ['-e', WAITS]);
  const gone = once(victim, 'close').catch(() => undefined);
  try {
    // Only once it speaks it is the program, with the rights that it will have.
    await Promise.race([once(victim.stdout, 'data'), gone]);
    const { code, complaint } = await tryWithin(['-e', READS_MEMORY, String(victim.pid)]);
    if (code !== 3 || victim.exitCode !== null)
      throw new SandboxUnavailable(complaint || 'a program in it could read the memory of another one');
  } finally {
    victim.kill('SIGKILL');
    await gone;
    await removeFolder(folder);
  }
}
