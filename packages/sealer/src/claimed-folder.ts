// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder that one sealer at a time writes. Every file is renamed into place out of a subfolder that its claim made; the next
// claim removes that subfolder. So a former sealer that wakes up, between whichever two instructions, has nothing to rename.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MayNotSeal } from './may-not-seal.ts';

const STAGING = '.staging';

/** Files that are durable under another name. */
export type Staged = readonly { readonly path: string; readonly from: string }[];

export class ClaimedFolder {
  readonly #root: string;
  readonly #staging: string;
  readonly #mode: number;
  readonly #known = new Set<string>();
  #staged = 0;

  private constructor(root: string, staging: string, mode: number) {
    this.#root = root;
    this.#staging = staging;
    this.#mode = mode;
  }

  /** Takes the folder over. Call it under the lock of the state, or a former sealer could come after its successor. */
  static async claim(root: string, term: number, mode: number): Promise<ClaimedFolder> {
    const name = `${term}-${randomUUID()}`;
    const staging = join(root, STAGING, name);
    await mkdir(staging, { recursive: true });
    for (const other of await readdir(join(root, STAGING)))
      if (other !== name) await rm(join(root, STAGING, other), { recursive: true, force: true });
    return new ClaimedFolder(root, staging, mode);
  }

  /**
   * Writes files so that each is there whole or not at all, all of them durable when it resolves.
   * @throws MayNotSeal when the folder was taken over
   */
  async write(files: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
    await this.place(await this.stage(files));
  }

  /** The first half of `write`: what takes long, and shows nothing yet. */
  async stage(files: ReadonlyMap<string, Uint8Array | string>): Promise<Staged> {
    const staging = [...files].map(async ([path, bytes]) => ({ path, from: await this.#stage(bytes) }));
    const done = await Promise.allSettled(staging);
    const staged = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = done.find((one) => one.status === 'rejected');
    if (!failed) return staged;
    await this.discard(staged);
    throw failed.reason;
  }

  /** The second half: whoever reads finds the new files. They survive a loss of power only if `durably`. */
  async place(staged: Staged, durably = true): Promise<void> {
    const folders = new Set<string>();
    try {
      for (const { path } of staged) await this.#ensureFolder(dirname(join(this.#root, path)), folders);
      await this.#orReplaced(() => Promise.all(staged.map(({ path, from }) => rename(from, join(this.#root, path)))));
    } catch (error) {
      await this.discard(staged);
      throw error;
    }
    if (durably) await Promise.all([...folders].map(syncFolder));
  }

  /** Whoever tries again stages again: a disk that is full must not be filled by the attempts. */
  async discard(staged: Staged): Promise<void> {
    for (const { from } of staged) await rm(from, { force: true }).catch(() => undefined);
  }

  /** Gives up the claim, if it still is one. */
  async release(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true });
  }

  async #stage(bytes: Uint8Array | string): Promise<string> {
    const path = join(this.#staging, String(this.#staged++));
    const file = await this.#orReplaced(() => open(path, 'wx', this.#mode));
    try {
      await file.writeFile(bytes);
      await file.datasync();
    } catch (error) {
      await rm(path, { force: true }).catch(() => undefined);
      throw error;
    } finally {
      await file.close();
    }
    return path;
  }

  async #ensureFolder(folder: string, toSync: Set<string>): Promise<void> {
    toSync.add(folder);
    if (this.#known.has(folder)) return;
    const made = await mkdir(folder, { recursive: true });
    // A new folder is durable when the one that names it is.
    if (made) for (let above = folder; above.length >= made.length; above = dirname(above)) toSync.add(dirname(above));
    this.#known.add(folder);
  }

  async #orReplaced<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      this.#known.clear();
      if (await isThere(this.#staging)) throw cause;
      throw new MayNotSeal('replaced', `another sealer has taken ${this.#root} over`, { cause });
    }
  }
}

/** Undefined where there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const isThere = async (folder: string): Promise<boolean> => {
  try {
    await readdir(folder);
    return true;
  } catch {
    return false;
  }
};

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
