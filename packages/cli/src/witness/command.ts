// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatVkey, parseVkey, type Signer, type VerifierKey } from '@louver/ledger';
import { Command, InvalidArgumentError } from 'commander';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { fromHere } from '../from-here.ts';
import { say, warn, type Terminal } from '../terminal.ts';
import { requireSigner } from './key.ts';
import { witnessServer } from './server.ts';
import { lockFolder } from './state-folder.ts';
import { WitnessedLog } from './witnessed-log.ts';

interface WitnessOptions {
  key: string;
  name: string;
  log: string[];
  state: string;
  port: number;
  host: string;
  url?: string;
  acceptEmptyState?: boolean;
}

export const witnessCommand = (terminal: Terminal): Command =>
  new Command('witness')
    .description('cosign what logs publish, as long as nothing is removed from them (C2SP tlog-witness)')
    .requiredOption('--key <file>', 'private key of the witness; made at the first run')
    .requiredOption('--name <name>', 'name of the witness, like an address without https://, e.g. ngo.example/w1')
    .requiredOption('--log <file...>', "file with a log's verifier keys, one a line (GET /log/vkey); may be repeated")
    .requiredOption(
      '--state <folder>',
      'what was cosigned; belongs to the key and must never be put back to an older copy',
    )
    .requiredOption('--port <number>', 'where it answers', port)
    .option('--host <address>', 'on which address of this machine', '127.0.0.1')
    .option('--url <url>', 'where the log reaches it, for the printed policy (default: host and port)')
    .option('--accept-empty-state', 'a key that was made elsewhere and has never cosigned anything')
    .action((options: WitnessOptions) => runWitness(terminal, options));

/** Serves until it is told to stop. */
async function runWitness(terminal: Terminal, options: WitnessOptions): Promise<void> {
  const [state, keyFile] = [fromHere(terminal, options.state), fromHere(terminal, options.key)];
  const keys = options.log.flatMap((path) => vkeysIn(fromHere(terminal, path)));
  const unlock = lockFolder(state);
  try {
    const { signer, made } = await requireSigner({
      keyFile,
      name: options.name,
      state,
      acceptEmptyState: options.acceptEmptyState ?? false,
    });
    const origins = [...new Set(keys.map(({ name }) => name))];
    const logs = new Map(
      origins.map((name) => [
        name,
        new WitnessedLog(
          state,
          name,
          keys.filter((key) => key.name === name),
        ),
      ]),
    );
    const log = (line: string): void => warn(terminal, `${new Date().toISOString()} ${line}`);
    const server = witnessServer({ signer, logs, now: () => new Date(), log, alarm: log });
    const address = await listen(server, options);
    if (made) say(terminal, `Made the key ${keyFile}. Keep it, and never use it with another state folder.`);
    introduce(terminal, signer, keys, options.url ?? address);
    await untilStopped(server);
  } finally {
    unlock();
  }
}

function introduce(terminal: Terminal, { key }: Signer, keys: readonly VerifierKey[], url: string): void {
  say(terminal, `The witness answers at ${url}`);
  say(terminal, `Its verifier key: ${formatVkey(key)}`);
  say(terminal, "For the log's operator, lines of the policy file (LOUVER_WITNESS_POLICY):");
  say(terminal);
  for (const known of keys) say(terminal, `log ${formatVkey(known)}`);
  say(terminal, `witness ${key.name} ${formatVkey(key)} ${url}`);
  say(terminal, `quorum ${key.name}`);
  say(terminal);
}

/** @throws Failure */
function vkeysIn(path: string): VerifierKey[] {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    throw new Failure(EXIT.usage, `couldn't read ${path}: ${reasonOf(error)}`, error);
  }
  const keys = lines.filter((line) => line.trim() !== '').map((line) => keyOf(path, line.trim()));
  if (keys.length === 0) throw new Failure(EXIT.usage, `${path} holds no verifier key`);
  return keys;
}

function keyOf(path: string, vkey: string): VerifierKey {
  try {
    const key = parseVkey(vkey);
    if (key.kind !== 'ed25519') throw new Error(`${key.name} is the key of a witness, not of a log`);
    return key;
  } catch (error) {
    throw new Failure(EXIT.usage, `${path}: ${reasonOf(error)}`, error);
  }
}

/** @returns the address as a URL */
async function listen(server: Server, { host, port }: WitnessOptions): Promise<string> {
  try {
    await new Promise<void>((done, failed) => server.once('error', failed).listen(port, host, done));
  } catch (error) {
    throw new Failure(EXIT.refused, `couldn't listen on ${host}:${port}: ${reasonOf(error)}`, error);
  }
  const bound = server.address() as AddressInfo;
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

/** A request that is being answered is answered to its end. */
async function untilStopped(server: Server): Promise<void> {
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
  await new Promise((done) => {
    server.close(done);
    server.closeIdleConnections();
  });
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('expected a port from 0 to 65535.');
  return value;
}
