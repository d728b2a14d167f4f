// A generated sync layer as a queue under bench, with its own table and its own records.
import { randomUUID } from 'node:crypto'
import type { Sync } from '../server/templates/sync/create-sync.ts'
import type { OutboxStorage } from '../server/templates/sync/mmkv-store.ts'
import type { Remote } from '../server/templates/sync/remote.ts'
import { type Note, noteId, noteOf, notesTable } from './queue-app.ts'
import { openMap, openSqlite } from './queue-storage.ts'
import type { Around, BenchQueue, QueueMaker, QueuePlace } from './queue-under-bench.ts'

interface AppSync extends Sync<unknown> {
  create(entity: 'notes', values: Note, id: string): Promise<string>
}

type CreateAppSync = (options: Record<string, unknown>) => AppSync

/** Operations and rows in one SQLite file, each pair in one transaction. */
export const oursInSqlite: QueueMaker = async (place, around) => {
  const file = openSqlite(`${place.file}.db`, place.packages)
  await file.query(notesTable)
  const sync = await layerOf(place, 'expo-sqlite', around, { database: file.expo })
  return () => started(sync, number => sync.create('notes', noteOf(number), noteId(number)), file.close)
}

/** The same outbox without the app's rows: what another queue without rows is to be compared with. */
export const oursInSqliteAlone: QueueMaker = async (place, around) => {
  const file = openSqlite(`${place.file}.db`, place.packages)
  await file.query(notesTable)
  const sync = await layerOf(place, 'expo-sqlite', around, { database: file.expo })
  const enqueue = (number: number) =>
    sync.enqueue({ kind: 'create', entity: 'notes', entityId: noteId(number), payload: noteOf(number) })
  return () => started(sync, enqueue, file.close)
}

/** The layer for MMKV over a map: what it does itself, without the disk. */
export const oursInMemory: QueueMaker = async (place, around) => {
  const kept = openMap(`${place.file}.json`)
  const rows = new Map<string, object>()
  const storage: OutboxStorage = {
    getString: key => kept.map.get(key),
    set: (key, value) => kept.map.set(key, value),
    remove: key => kept.map.delete(key),
    getAllKeys: () => [...kept.map.keys()],
  }
  const records = {
    read: async ({ entityId }: { entityId: string }) => rows.get(entityId) ?? null,
    write: async ({ entityId }: { entityId: string }, values: object) =>
      void rows.set(entityId, { ...rows.get(entityId), ...values }),
    remove: async ({ entityId }: { entityId: string }) => void rows.delete(entityId),
  }
  const sync = await layerOf(place, 'mmkv', around, { storage, records })
  return () => started(sync, number => sync.create('notes', noteOf(number), noteId(number)), kept.save)
}

async function layerOf(
  place: QueuePlace,
  target: keyof QueuePlace['layers'],
  around: Around,
  device: Readonly<Record<string, unknown>>,
): Promise<AppSync> {
  const { createAppSync } = (await import(place.layers[target])) as { createAppSync: CreateAppSync }
  const remote: Remote = {
    send: async () => {
      around.send()
      return { version: '1' }
    },
    fetchRemote: async () => null,
    fetchPage: async () => ({ changes: {}, checkpoint: '1', hasMore: false }),
  }
  return createAppSync({
    ...device,
    userId: 'ann',
    remote,
    auth: { userId: () => 'ann', refresh: async () => true },
    net: { isOnline: () => around.isOnline, subscribe: () => () => undefined },
    clock: {
      now: Date.now,
      after: (delayMs: number, task: () => void) => {
        const timer = setTimeout(task, delayMs)
        return () => clearTimeout(timer)
      },
    },
    newId: randomUUID,
  })
}

async function started(
  sync: AppSync,
  enqueue: (number: number) => Promise<unknown>,
  close: () => void,
): Promise<BenchQueue> {
  await sync.start()
  return {
    enqueue: async number => void (await enqueue(number)),
    count: () => {
      const { pending, inflight, conflict } = sync.status$.get().counts
      return pending + inflight + conflict
    },
    list: async () => (await sync.waiting()).length,
    close: () => {
      void sync.stop()
      close()
    },
  }
}
