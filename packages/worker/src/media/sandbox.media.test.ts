// SPDX-License-Identifier: AGPL-3.0-or-later
// One decoder that a stranger has taken over must not reach the next one, in which another camera's picture is not masked yet.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { launchDecoder, launchFetcher, makeFolder, removeFolder, requireSandbox } from './sandbox.ts';

const SPEAKS_AND_WAITS = '$| = 1; print "here\\n"; <STDIN>';
const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const tidy of cleanUp.splice(0)) await tidy();
});

async function settled(child: ChildProcessWithoutNullStreams): Promise<ChildProcessWithoutNullStreams> {
  const gone = once(child, 'close');
  cleanUp.push(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  await once(child.stdout, 'data');
  return child;
}

async function aFolder(files: Record<string, Buffer> = {}): Promise<string> {
  const folder = await makeFolder(files);
  cleanUp.push(() => removeFolder(folder));
  return folder;
}

const aDecoder = async (folder?: string) =>
  settled(launchDecoder('seccomp', folder ?? (await aFolder()), 'perl', ['-e', SPEAKS_AND_WAITS]));
const aFetcher = () => settled(launchFetcher('perl', ['-e', SPEAKS_AND_WAITS]));

/** What a decoder says about opening a file. */
async function opened(path: string, folder?: string): Promise<string> {
  const look = 'print(open(my $m, "<", $ARGV[0]) ? "opened" : "refused: $!")';
  const child = launchDecoder('seccomp', folder ?? (await aFolder()), 'perl', ['-e', look, path]);
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await once(child, 'close');
  return said;
}

describe.runIf(process.getuid?.() === 0)('started by root', () => {
  it.each([
    ['decoder', () => aDecoder()],
    ['fetcher', aFetcher],
  ])("no decoder opens a %s's memory", async (_name, start) => {
    const { pid } = await start();
    expect(await opened(`/proc/${pid}/mem`)).toBe('refused: Permission denied');
  });

  it('every process is a user and a group of its own, and of no other group', async () => {
    const children = [await aDecoder(), await aDecoder(), await aFetcher(), await aFetcher()];
    const users = await Promise.all(
      children.map(async ({ pid }) => {
        const status = await readFile(`/proc/${pid}/status`, 'utf8');
        expect(status).toMatch(/^Groups:\s*$/m);
        const [uid, gid] = ['Uid', 'Gid'].map((name) => new RegExp(`^${name}:\t(.*)$`, 'm').exec(status)?.[1]);
        expect(uid).toBe(gid);
        return new Set(uid?.split('\t'));
      }),
    );
    for (const ids of users) expect(ids.size).toBe(1);
    expect(new Set(users.flatMap((ids) => [...ids])).size).toBe(children.length);
  });

  it('a decoder reads the files of its own folder and of no other', async () => {
    const [own, other] = [await aFolder({ mask: Buffer.from('x') }), await aFolder({ mask: Buffer.from('x') })];
    await aDecoder(other);
    expect(await opened(`${other}/mask`, own)).toBe('refused: Permission denied');
    expect(await opened(`${own}/mask`, own)).toBe('opened');
  });
});

it('the walls that a worker asks for at its start stand here', async () => {
  expect(await requireSandbox({})).toBe('seccomp');
});
