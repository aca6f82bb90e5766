// SPDX-License-Identifier: AGPL-3.0-or-later
// Every step looks first whether it is done already, so a seed that was killed is completed by the next one.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { demoCity, type DemoCity } from '@louver/camsim';
import type { Role } from '@louver/contract';
import { Api } from '../api.ts';
import { dataFolder, defaultUrl, ownerUrl, required } from '../environment.ts';
import { EXIT, Failure } from '../failure.ts';
import { importFile } from '../import-file.ts';
import { asOwner } from '../owner.ts';
import { say, type Terminal } from '../terminal.ts';
import { ensureAccounts } from './accounts.ts';
import type { DemoAccount } from './accounts-file.ts';
import { plantComplaints } from './complaints.ts';
import { demoFiles } from './files.ts';
import { ensureMasks } from './masks.ts';
import {
  countCameras,
  declareDetails,
  findDemoState,
  nameCountryAndProvince,
  putDemoState,
  type DemoState,
} from './queries.ts';
import { findCameras, setStream, streamsDigest, type CameraServer } from './streams.ts';

interface Seed {
  databaseUrl: string;
  city: DemoCity;
  server: CameraServer;
  people: { supervisor: Api; reviewer: Api };
  step: (what: string) => void;
}

export async function seedDemo(terminal: Terminal, options: { url?: string }): Promise<void> {
  const { env } = terminal;
  if (env.LOUVER_ENV === 'production')
    throw new Failure(EXIT.refused, 'this is a production installation: the demo city does not belong here');
  const server = {
    port: required(env, 'CAMSIM_PORT', 'where the simulated cameras answer'),
    user: required(env, 'CAMSIM_USER', 'who the simulated cameras let in'),
    password: required(env, 'CAMSIM_PASSWORD', 'who the simulated cameras let in'),
  };
  const databaseUrl = ownerUrl(env);
  const step = clockedSteps(terminal);
  await asOwner(databaseUrl, nameCountryAndProvince);
  const { accounts, made } = await ensureAccounts(databaseUrl, join(dataFolder(env), 'demo-accounts.json'));
  step(made === 0 ? `${accounts.length} accounts are there` : `${made} of ${accounts.length} accounts made`);

  const city = demoCity();
  const wanted = wantedState(city, server);
  const state = await asOwner(databaseUrl, findDemoState);
  if (state && (await isComplete(databaseUrl, state, wanted, city))) {
    step('the demo city is planted already');
    return;
  }
  const url = options.url ?? defaultUrl(env);
  const people = {
    supervisor: await signIn(url, accounts, 'supervisor'),
    reviewer: await signIn(url, accounts, 'reviewer'),
  };
  await plant({ databaseUrl, city, server, people, step }, state, wanted);
}

function clockedSteps(terminal: Terminal): (what: string) => void {
  const start = performance.now();
  return (what) => say(terminal, `${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}

const streamingCameras = (city: DemoCity) => city.cameras.filter(({ streaming }) => streaming !== null);

function wantedState(city: DemoCity, server: CameraServer): DemoState {
  const streamingCodes = streamingCameras(city).map(({ code }) => code);
  return {
    streamingCodes,
    seededAt: new Date().toISOString(),
    city: createHash('sha256').update(JSON.stringify(city)).digest('hex'),
    streams: streamsDigest(server, streamingCodes),
  };
}

async function isComplete(databaseUrl: string, state: DemoState, wanted: DemoState, city: DemoCity): Promise<boolean> {
  if (state.city !== wanted.city || state.streams !== wanted.streams) return false;
  const all = await asOwner(databaseUrl, (tx) =>
    countCameras(
      tx,
      city.cameras.map(({ code }) => code),
    ),
  );
  return all.there === city.cameras.length && all.streaming >= wanted.streamingCodes.length;
}

async function signIn(url: string, accounts: DemoAccount[], role: Role): Promise<Api> {
  const api = new Api(url);
  const { email, password } = accounts.find((account) => account.role === role)!;
  await api.signIn(email, password);
  return api;
}

async function plant(seed: Seed, state: DemoState | undefined, wanted: DemoState): Promise<void> {
  const { databaseUrl, city, server, people, step } = seed;
  if (state?.city !== wanted.city) await importCity(seed);
  const cameras = await findCameras(people.supervisor, wanted.streamingCodes);
  const stale = [...cameras.values()].filter(({ hasStream }) => !hasStream || state?.streams !== wanted.streams);
  for (const { id, code } of stale) await setStream(people.supervisor, id, code, server);
  step(`${stale.length} of ${cameras.size} streams set`);
  for (const demo of streamingCameras(city)) {
    const drawn = await ensureMasks(people, cameras.get(demo.code)!, demo, city);
    if (drawn) step(`masks of ${demo.code} ${demo.name} proposed and approved`);
  }
  await asOwner(databaseUrl, declareDetails);
  // Last: whoever waits for the demo waits for this row.
  const complaints = await asOwner(databaseUrl, (tx) => plantComplaints(tx, new Date()));
  if (complaints > 0) step(`${complaints} complaints planted`);
  await asOwner(databaseUrl, (tx) => putDemoState(tx, wanted));
  step('the demo city is planted');
}

async function importCity({ people, city, step }: Seed): Promise<void> {
  for (const [kind, file] of demoFiles(city)) {
    const { counts, total } = await importFile(people.supervisor, file, { kind, mode: 'commit' });
    step(`${total} ${kind}: ${counts.create ?? 0} new, ${counts.update ?? 0} changed`);
  }
}
