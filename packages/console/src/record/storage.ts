// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Memory } from './memory.ts';

const STORE = 'memory';
/** One entry: a page has one log, whatever name that log gives itself. Under its origin, a renamed log would be a new one. */
const KEY = 'log';

export interface MemoryStore {
  /** False where nothing outlives the page: storage is forbidden. */
  readonly lasting: boolean;
  read(): Promise<Memory | undefined>;
  /** Reads, changes and writes in one go, so that two tabs do not overwrite one another. */
  change(step: (memory: Memory | undefined) => Memory): Promise<Memory>;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the request failed')));
  });

async function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open('louver-record', 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE));
  return settled(opening);
}

export async function openMemory(): Promise<MemoryStore> {
  const database = await openDatabase().catch(() => undefined);
  return database === undefined ? passingMemory() : lastingMemory(database);
}

function lastingMemory(database: IDBDatabase): MemoryStore {
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    lasting: true,
    read: async () => settled(store('readonly').get(KEY) as IDBRequest<Memory | undefined>),
    change: async (step) => {
      const open = store('readwrite');
      const next = step(await settled(open.get(KEY) as IDBRequest<Memory | undefined>));
      await settled(open.put(next, KEY));
      return next;
    },
  };
}

function passingMemory(): MemoryStore {
  let memory: Memory | undefined;
  return {
    lasting: false,
    read: async () => memory,
    change: async (step) => (memory = step(memory)),
  };
}
