// Records that the server has deleted, kept until it is certain that no edit of this device is lost with them.
import { type Database, type Model, Q } from '@nozbe/watermelondb'
import type { SentRow } from './push-attempt.ts'
import { editedColumns, type MarkedRow, type RecordConflict, unmarked } from './resolve-record.ts'

/** Ids by table. */
export type IdsByTable = Readonly<Record<string, readonly string[]>>

export interface RemoteDeletions {
  read(): Promise<IdsByTable>
  /** Keeps these ids, and no longer the others, which are on the server again. Stored before the checkpoint moves on. */
  keep(deleted: IdsByTable, returned: IdsByTable): Promise<void>
  /** The server has them again, or they need not be watched any more. */
  release(ids: IdsByTable): Promise<void>
  /**
   * Removes the records that were not edited here, and gives the others, which stay. Called inside a writer, so that no
   * edit can come between the look and the removal: WatermelonDB itself would remove edited records too.
   */
  settle(sent: SentRow): Promise<readonly RecordConflict[]>
}

const key = 'sync.deletedRemotely'

export function createRemoteDeletions(database: Database): RemoteDeletions {
  const read = async () => (await database.localStorage.get<IdsByTable>(key)) ?? {}
  const write = (ids: IdsByTable) =>
    Object.keys(ids).length === 0 ? database.localStorage.remove(key) : database.localStorage.set(key, ids)

  return {
    read,
    keep: async (deleted, returned) => {
      const before = await read()
      const next = without(joined(before, deleted), returned)
      if (Object.keys(before).length + Object.keys(next).length > 0) await write(next)
    },
    release: async ids => {
      const before = await read()
      if (Object.keys(before).length > 0) await write(without(before, ids))
    },
    settle: async sent => {
      const held = await read()
      const removed: Model[] = []
      const kept: RecordConflict[] = []
      for (const [table, ids] of Object.entries(held)) {
        const records = await database
          .get(table)
          .query(Q.where('id', Q.oneOf([...ids])))
          .fetch()
        for (const record of records) {
          const local = record._raw as unknown as MarkedRow
          const edited = local._status === 'synced' ? [] : editedColumns(local, sent(table, local.id))
          if (edited.length === 0) removed.push(record)
          else kept.push({ table, id: local.id, local: unmarked(local), remote: null, edited })
        }
      }
      // offline-storage-disable-next-line watermelondb/destroy-permanently-with-sync -- the server has deleted them
      await database.batch(removed.map(record => record.prepareDestroyPermanently()))
      const left: Record<string, string[]> = {}
      for (const { table, id } of kept) left[table] = [...(left[table] ?? []), id]
      if (Object.keys(held).length > 0) await write(left)
      return kept
    },
  }
}

function joined(one: IdsByTable, other: IdsByTable): IdsByTable {
  const tables = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(
    tables.map(table => [table, [...new Set([...(one[table] ?? []), ...(other[table] ?? [])])]]),
  )
}

function without(all: IdsByTable, gone: IdsByTable): IdsByTable {
  const left = Object.entries(all).map(([table, ids]) => [table, ids.filter(id => !gone[table]?.includes(id))] as const)
  return Object.fromEntries(left.filter(([, ids]) => ids.length > 0))
}
