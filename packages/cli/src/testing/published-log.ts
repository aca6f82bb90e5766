// SPDX-License-Identifier: AGPL-3.0-or-later
// The same log in a folder and behind HTTP, for as long as one test changes some of its files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatVkey } from '@louver/ledger';
import type { Files } from './log.ts';
import { signer } from './log.ts';

export const TOKEN = 'auditor-token';

export interface PublishedLog {
  readonly folder: string;
  readonly url: string;
  /** Path of a file beside the log, with what it holds. */
  file(name: string, content: string | Uint8Array): string;
  readonly vkey: string;
  /** Changes files (undefined removes one) while the work goes on; afterwards all is as it was. */
  with<T>(changes: ReadonlyMap<string, Uint8Array | undefined>, work: () => Promise<T>): Promise<T>;
  close(): void;
}

export async function publishLog(good: Files): Promise<PublishedLog> {
  const root = mkdtempSync(join(tmpdir(), 'louver-verify-'));
  const folder = join(root, 'log');
  const current: Files = new Map(good);
  const put = (path: string, bytes: Uint8Array | undefined) => {
    const at = join(folder, path);
    if (bytes) {
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, bytes);
      current.set(path, bytes);
    } else {
      rmSync(at, { force: true });
      current.delete(path);
    }
  };
  for (const [path, bytes] of good) put(path, bytes);
  const server = createServer(({ url, headers }, response) => {
    const path = url!.replace(/^\/log\//, '');
    const bytes = current.get(path);
    if (path.startsWith('tile/entries/') && headers.authorization !== `Bearer ${TOKEN}`) response.writeHead(401).end();
    else if (bytes) response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(root, name), content);
    return join(root, name);
  };
  return {
    folder,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`,
    file,
    vkey: file('log.vkey', `${formatVkey(signer(0x11).key)}\n`),
    async with(changes, work) {
      for (const [path, bytes] of changes) put(path, bytes);
      try {
        return await work();
      } finally {
        for (const path of changes.keys()) put(path, good.get(path));
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(root, { recursive: true });
    },
  };
}
