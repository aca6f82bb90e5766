// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

interface FileWish {
  /** Permissions, whatever the umask says. */
  mode: number;
  /** A file whose owner the new one gets: root rotates keys that the sealer must be able to read. */
  ownerOf?: string;
}

/** Puts a whole file in the place of another: a crash leaves the one or the other, never half of one. */
export async function replaceFile(path: string, content: string | Uint8Array, wish: FileWish): Promise<void> {
  await beside(path, content, wish, (written) => rename(written, path));
}

/**
 * Makes a file that is not there yet, whole or not at all.
 * @throws the system's EEXIST if there is one
 */
export async function createFile(path: string, content: string | Uint8Array, wish: FileWish): Promise<void> {
  await beside(path, content, wish, async (written) => {
    // rename() would replace what somebody else has just made there.
    await link(written, path);
    await rm(written);
  });
}

async function beside(
  path: string,
  content: string | Uint8Array,
  { mode, ownerOf }: FileWish,
  place: (written: string) => Promise<void>,
): Promise<void> {
  const written = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    const file = await open(written, 'wx', mode);
    try {
      await file.chmod(mode);
      const owner = ownerOf === undefined ? undefined : await stat(ownerOf);
      if (owner && owner.uid !== process.getuid?.()) await file.chown(owner.uid, owner.gid);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(written);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Without it, a power cut may bring the folder back as it was before the file was put there. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
