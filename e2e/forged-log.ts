// SPDX-License-Identifier: AGPL-3.0-or-later
// What whoever holds the log's own key could serve: another history, properly signed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EMPTY_EDGE,
  growTree,
  hashLeaf,
  parseVkey,
  peekCheckpoint,
  rootOfEdge,
  signCheckpoint,
  signerOf,
  tilePath,
  type Signer,
} from '@louver/ledger';
import type { BrowserContext } from '@playwright/test';
import { cityUrl } from './city.ts';

const keyFile = async (name: string) =>
  readFile(join(process.env['LOUVER_E2E_DATA'] ?? '.louver', 'keys', name), 'utf8');

/** The signer that the city's own sealer is. */
async function theSigner(): Promise<Signer> {
  const vkey = (await keyFile('log.vkey')).trim().split('\n')[0]!;
  return signerOf(parseVkey(vkey).name, 'ed25519', await keyFile('log.key'));
}

export async function sizeNow(): Promise<number> {
  const answer = await fetch(`${cityUrl()}/log/checkpoint`);
  return peekCheckpoint(await answer.text()).size;
}

/** A log of this many entries that never were, signed by the true key. */
export async function forgedLog(size: number): Promise<Map<string, Uint8Array>> {
  const leaves = Array.from({ length: size }, (_, i) => hashLeaf(Buffer.from(`never happened ${i}`)));
  const { edge, tiles } = growTree(EMPTY_EDGE, leaves);
  const signer = await theSigner();
  const head = { origin: signer.key.name, size: edge.size, root: rootOfEdge(edge) };
  const files = new Map(tiles.map((tile) => [tilePath(tile), tile.bytes]));
  return files.set('checkpoint', Buffer.from(signCheckpoint(head, [signer])));
}

/** From now on this browser is served another log than everybody else. */
export async function serveInstead(context: BrowserContext, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await context.route(/\/log\/(checkpoint|tile\/.*)$/, async (route) => {
    const path = new URL(route.request().url()).pathname.slice('/log/'.length);
    const bytes = files.get(path);
    await route.fulfill(bytes ? { body: Buffer.from(bytes) } : { status: 404 });
  });
}
