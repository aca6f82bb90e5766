// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody else's witness on a port of this machine: honest, or as wrong as a test wants it.
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  cosign,
  emptyRoot,
  formatVkey,
  parseAddCheckpoint,
  parseNote,
  peekCheckpoint,
  signerOf,
  verifyConsistency,
  type AddCheckpoint,
  type Signer,
} from '@louver/ledger';

export interface ScriptedWitness {
  readonly name: string;
  readonly signer: Signer;
  readonly url: string;
  /** Line of a policy. */
  readonly line: string;
  /** What it was asked, oldest first. */
  readonly asked: readonly AddCheckpoint[];
  /** Most requests that it had in hand at one time. */
  readonly mostAtOnce: number;
  /** From now on; undefined makes it honest again. */
  script: Script | undefined;
  /** What it has cosigned; a test may change its memory. */
  state: { size: number; root: Uint8Array };
  close(): Promise<void>;
}

/** Answers in the place of an honest witness; `honest` is what that would do. */
export type Script = (response: ServerResponse, request: AddCheckpoint, honest: () => void) => unknown;

export const sizeOf = ({ checkpoint }: AddCheckpoint): number => peekCheckpoint(checkpoint).size;

export function cosignature(signer: Signer, { checkpoint }: AddCheckpoint): string {
  return cosign(parseNote(checkpoint).text, signer, Math.floor(Date.now() / 1000));
}

export async function aWitness(name: string, script?: Script): Promise<ScriptedWitness> {
  const signer = signerOf(`${name}.example/w`, 'cosignature/v1', generateKeyPairSync('ed25519').privateKey);
  const asked: AddCheckpoint[] = [];
  let [now, mostAtOnce] = [0, 0];
  const server = createServer((request, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++now);
    response.once('close', () => (now -= 1));
    void respond(request, response);
  });
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/prefix/add-checkpoint')
      return void response.writeHead(404).end();
    const submission = parseAddCheckpoint(await buffer(request));
    asked.push(submission);
    const honest = (): void => answer(witness, response, submission);
    await (witness.script ? witness.script(response, submission, honest) : honest());
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix/`;
  const witness: ScriptedWitness = {
    name,
    signer,
    url,
    line: `witness ${name} ${formatVkey(signer.key)} ${url}`,
    asked,
    get mostAtOnce() {
      return mostAtOnce;
    },
    script,
    state: { size: 0, root: emptyRoot() },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return witness;
}

function answer(witness: ScriptedWitness, response: ServerResponse, request: AddCheckpoint): void {
  const { size, root } = peekCheckpoint(request.checkpoint);
  const { state } = witness;
  if (request.oldSize !== state.size)
    return void response.writeHead(409, { 'Content-Type': 'text/x.tlog.size' }).end(`${state.size}\n`);
  try {
    verifyConsistency({ oldSize: state.size, oldRoot: state.root, size, root, proof: request.proof });
  } catch {
    return void response.writeHead(422).end('no\n');
  }
  witness.state = { size, root };
  response.end(cosignature(witness.signer, request));
}
