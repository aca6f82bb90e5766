// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that hashes or waits for the log happens here: the page stays free while a million entries are verified.
import { Keeper } from './keeper.ts';
import { logReader } from './log-reader.ts';
import type { Reply, Request, Snapshot } from './messages-between.ts';
import { openMemory } from './storage.ts';

const WATCH_EVERY_MS = 5000;
const base = new URL('/log/', globalThis.location.origin).href;

// eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has one page, and no origin to name
const reply = (message: Reply) => postMessage(message);

let last: Snapshot | undefined;

function tell(snapshot: Snapshot): void {
  const keys = Object.keys(snapshot) as (keyof Snapshot)[];
  const onlyRun = last !== undefined && keys.every((key) => key === 'run' || last?.[key] === snapshot[key]);
  last = snapshot;
  reply(onlyRun ? { type: 'run', run: snapshot.run } : { type: 'snapshot', snapshot });
}

const opening = openMemory().then(
  (store) =>
    new Keeper({
      store,
      reader: (options) => logReader({ base, ...options }),
      tell,
    }),
);

let watching = false;
let timer: ReturnType<typeof setTimeout> | undefined;

async function watch(keeper: Keeper): Promise<void> {
  clearTimeout(timer);
  await keeper.look();
  clearTimeout(timer);
  if (watching) timer = setTimeout(() => void watch(keeper), WATCH_EVERY_MS);
}

async function answer(request: Request): Promise<void> {
  const keeper = await opening;
  switch (request.type) {
    case 'watch':
      watching = request.on;
      if (watching) await watch(keeper);
      else clearTimeout(timer);
      break;
    case 'look':
      await keeper.look();
      break;
    case 'verify':
      await keeper.verify(request.entries, request.full);
      break;
    case 'cancel':
      keeper.cancel();
      break;
    case 'trust-served-keys':
      await keeper.trustServedKeys();
      break;
    case 'alarms-kept':
      await keeper.alarmsKept();
      break;
    case 'prove':
      reply({ type: 'proved', id: request.id, result: await keeper.prove(request.digest, request.receipt) });
      break;
    case 'compare':
      reply({ type: 'compared', id: request.id, result: await keeper.compare(request.signed) });
      break;
    default:
      request satisfies never;
  }
}

addEventListener('message', ({ data }: MessageEvent<Request>) => void answer(data));
