// TanStack's offline transactions as a queue under bench, over a storage adapter of the kind that it asks for.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Note, noteId, noteOf } from './queue-app.ts'
import { openMap, openSqlite } from './queue-storage.ts'
import type { Around, BenchQueue, QueueMaker, QueuePlace } from './queue-under-bench.ts'

/** What is used of `@tanstack/offline-transactions`. */
interface OfflineTransactions {
  startOfflineExecutor(config: object): {
    waitForInit(): Promise<void>
    createOfflineTransaction(options: { mutationFnName: string; autoCommit: boolean }): {
      mutate(change: () => void): unknown
      commit(): Promise<unknown>
    }
    getPendingCount(): number
    peekOutbox(): Promise<readonly unknown[]>
    dispose(): void
  }
}

/** What is used of `@tanstack/db`. */
interface TanStackDb {
  createCollection(config: object): { insert(note: Note & { readonly id: string }): void }
}

interface StorageAdapter {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  delete(key: string): Promise<void>
  keys(): Promise<string[]>
  clear(): Promise<void>
}

/** One row per transaction in a SQLite file; the app's collection stays in memory. */
export const tanstackInSqlite: QueueMaker = async (place, around) => {
  const file = openSqlite(`${place.file}.db`, place.packages)
  await file.query('CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID')
  const storage: StorageAdapter = {
    get: async key =>
      (await file.query<{ value: string }>('SELECT value FROM kept WHERE key = ?', [key]))[0]?.value ?? null,
    set: async (key, value) => void (await file.query('INSERT OR REPLACE INTO kept VALUES (?, ?)', [key, value])),
    delete: async key => void (await file.query('DELETE FROM kept WHERE key = ?', [key])),
    keys: async () => (await file.query<{ key: string }>('SELECT key FROM kept')).map(row => row.key),
    clear: async () => void (await file.query('DELETE FROM kept')),
  }
  return () => started(place, around, storage, file.close)
}

export const tanstackInMemory: QueueMaker = async (place, around) => {
  const { map, save } = openMap(`${place.file}.json`)
  const storage: StorageAdapter = {
    get: async key => map.get(key) ?? null,
    set: async (key, value) => void map.set(key, value),
    delete: async key => void map.delete(key),
    keys: async () => [...map.keys()],
    clear: async () => map.clear(),
  }
  return () => started(place, around, storage, save)
}

async function started(
  place: QueuePlace,
  around: Around,
  storage: StorageAdapter,
  close: () => void,
): Promise<BenchQueue> {
  const require = createRequire(join(place.packages, 'package.json'))
  const { startOfflineExecutor } = require('@tanstack/offline-transactions') as OfflineTransactions
  const { createCollection } = require('@tanstack/db') as TanStackDb
  const notes = createCollection({
    id: 'notes',
    getKey: (note: { readonly id: string }) => note.id,
    startSync: true,
    sync: { sync: ({ markReady }: { markReady: () => void }) => markReady() },
  })
  let stored = () => {}
  const executor = startOfflineExecutor({
    collections: { notes },
    mutationFns: { saveNotes: async () => around.send() },
    // The commit of a transaction ends when the server has it, so that it is stored is only seen here.
    storage: {
      ...storage,
      set: async (key: string, value: string) => {
        await storage.set(key, value)
        stored()
      },
    },
    // One process, as on a phone; otherwise it would look for other tabs of a browser.
    leaderElection: {
      requestLeadership: async () => true,
      releaseLeadership: () => undefined,
      isLeader: () => true,
      onLeadershipChange: () => () => undefined,
    },
    onlineDetector: {
      isOnline: () => around.isOnline,
      subscribe: () => () => undefined,
      notifyOnline: () => undefined,
      dispose: () => undefined,
    },
  })
  await executor.waitForInit()
  return {
    enqueue: number =>
      new Promise((resolve, reject) => {
        stored = resolve
        const transaction = executor.createOfflineTransaction({ mutationFnName: 'saveNotes', autoCommit: false })
        transaction.mutate(() => notes.insert({ ...noteOf(number), id: noteId(number) }))
        transaction.commit().catch(reject)
      }),
    count: () => executor.getPendingCount(),
    list: async () => (await executor.peekOutbox()).length,
    close: () => {
      executor.dispose()
      close()
    },
  }
}
