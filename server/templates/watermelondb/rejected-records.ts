// The dead letter: records that the server will not take as they are, each with the reason.
import { type Database, Q } from '@nozbe/watermelondb'
import { sanitizedRaw } from '@nozbe/watermelondb/RawRecord'
import type { Rejections } from './answers.ts'
import type { Changes, Row } from './types.ts'

export interface RejectedRecord {
  readonly table: string
  readonly id: string
  readonly reason: string
  readonly at: number
  /** The record as it was refused; null for a deletion. */
  readonly sent: Row | null
  /** The record as the server has it; null when it has none, absent when the server has not said. */
  readonly remote?: Row | null
}

export interface RejectedRecords {
  list(): Promise<readonly RejectedRecord[]>
  /** Notes what the server has refused of `sent`, and forgets what it has taken. */
  note(rejections: Rejections, sent: Changes): Promise<void>
  /** Notes that this one record was refused, by an answer that says nothing of what the server has. */
  blame(sent: Changes, reason: string): Promise<void>
  /** Takes note of what the server has now, so that giving up does not bring back something old. */
  refresh(pulled: Changes): Promise<void>
  /** Lets the record be sent again as it is. False when it is not among them. */
  retry(table: string, id: string): Promise<boolean>
  /** Takes the server's record in place of the refused one. Where that is not known, the next pull brings it. */
  discard(table: string, id: string): Promise<boolean>
  /** Tables whose records must all be pulled again. */
  wanted(): Promise<readonly string[]>
  /** They were. */
  got(tables: readonly string[]): Promise<void>
}

const key = 'sync.rejected'
const wantedKey = 'sync.wanted'

export function createRejectedRecords(database: Database, now: () => number): RejectedRecords {
  const list = async () => (await database.localStorage.get<readonly RejectedRecord[]>(key)) ?? []
  const wanted = async () => (await database.localStorage.get<readonly string[]>(wantedKey)) ?? []
  const write = (records: readonly RejectedRecord[]) => database.localStorage.set(key, records)
  const forget = async (table: string, id: string) => {
    const before = await list()
    await write(before.filter(one => one.table !== table || one.id !== id))
  }
  const find = async (table: string, id: string) => (await list()).find(one => one.table === table && one.id === id)

  return {
    list,
    note: async (rejections, sent) => {
      const refused = Object.entries(rejections).flatMap(([table, ones]) =>
        ones.map(({ id, reason, record }): RejectedRecord => {
          const rows = [...(sent[table]?.created ?? []), ...(sent[table]?.updated ?? [])]
          return { table, id, reason, at: now(), sent: rows.find(row => row.id === id) ?? null, remote: record ?? null }
        }),
      )
      const before = await list()
      const kept = before.filter(one => !holds(sent, one.table, one.id))
      if (before.length + refused.length > 0) await write([...kept, ...refused])
    },
    blame: async (sent, reason) => {
      const refused = Object.entries(sent).flatMap(([table, { created, updated, deleted }]): RejectedRecord[] => [
        ...created.map(row => ({ table, id: row.id, reason, at: now(), sent: row, remote: null })),
        ...updated.map(row => ({ table, id: row.id, reason, at: now(), sent: row })),
        ...deleted.map(id => ({ table, id, reason, at: now(), sent: null })),
      ])
      await write([...(await list()).filter(one => !holds(sent, one.table, one.id)), ...refused])
    },
    refresh: async pulled => {
      const before = await list()
      const after = before.map(one => {
        const rows = [...(pulled[one.table]?.created ?? []), ...(pulled[one.table]?.updated ?? [])]
        const remote = rows.find(row => row.id === one.id)
        if (remote) return { ...one, remote }
        return pulled[one.table]?.deleted.includes(one.id) ? { ...one, remote: null } : one
      })
      if (before.length > 0) await write(after)
    },
    retry: async (table, id) => {
      if ((await find(table, id)) === undefined) return false
      await forget(table, id)
      return true
    },
    discard: async (table, id) => {
      const rejected = await find(table, id)
      if (rejected === undefined) return false
      const { remote } = rejected
      // First, so that a crash leaves a pull too many rather than one too few.
      if (remote === undefined) await database.localStorage.set(wantedKey, [...new Set([...(await wanted()), table])])
      await database.write(async () => {
        const collection = database.get(table)
        const [record] = await collection.query(Q.where('id', id)).fetch()
        if (record === undefined) {
          await database.adapter.destroyDeletedRecords(table, [id])
          if (remote) await database.batch(collection.prepareCreateFromDirtyRaw({ ...remote, ...clean }))
        } else if (remote === null) {
          // offline-storage-disable-next-line watermelondb/destroy-permanently-with-sync -- the server has never taken it
          await database.batch(record.prepareDestroyPermanently())
        } else {
          await database.batch(
            record.prepareUpdate(() => {
              record._raw = sanitizedRaw({ ...(remote ?? record._raw), ...clean }, collection.schema)
            }),
          )
        }
      })
      await forget(table, id)
      return true
    },
    wanted,
    got: async tables => {
      const left = (await wanted()).filter(table => !tables.includes(table))
      if (tables.length > 0) await database.localStorage.set(wantedKey, left)
    },
  }
}

const clean = { _status: 'synced', _changed: '' }

function holds(changes: Changes, table: string, id: string): boolean {
  const one = changes[table]
  if (one === undefined) return false
  return [...one.created, ...one.updated].some(row => row.id === id) || one.deleted.includes(id)
}
