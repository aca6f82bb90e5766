// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ClaimedFolder } from './claimed-folder.ts';

let root: string;
let folder: ClaimedFolder;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'louver-claimed-'));
  folder = await ClaimedFolder.claim(root, 1, 0o644);
});
afterEach(() => rm(root, { recursive: true }));

const staged = async (): Promise<string[]> => {
  const [claim] = await readdir(join(root, '.staging'));
  return readdir(join(root, '.staging', claim!));
};

it('puts all files where they belong, and nothing beside them', async () => {
  await folder.write(
    new Map([
      ['a', 'one'],
      ['b/c/d', 'two'],
    ]),
  );
  expect(await readFile(join(root, 'b/c/d'), 'utf8')).toBe('two');
  expect(await staged()).toEqual([]);
});

it('leaves nothing behind when files cannot be put into place, however often it is tried', async () => {
  await writeFile(join(root, 'b'), 'no folder');
  for (let i = 0; i < 3; i++)
    await expect(
      folder.write(
        new Map([
          ['a', 'one'],
          ['b/c', 'two'],
        ]),
      ),
    ).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect(await staged()).toEqual([]);
});

it('leaves nothing behind when one of the files cannot be written', async () => {
  const unwritable = { toString: () => 'x' } as unknown as string;
  await expect(
    folder.stage(
      new Map([
        ['a', 'one'],
        ['b', unwritable],
      ]),
    ),
  ).rejects.toThrow(TypeError);
  expect(await staged()).toEqual([]);
});

it('tells a former claim that it was replaced', async () => {
  await ClaimedFolder.claim(root, 2, 0o644);
  await expect(folder.write(new Map([['a', 'one']]))).rejects.toMatchObject({ reason: 'replaced' });
});
