// The app's records in SQLite: what the server tells is written beside what is known of it, in one transaction.
import { ClockDriftError } from './hlc.ts'
import type { PulledPage } from './pull.ts'
import type { RecordStore } from './remote.ts'
import { readHlc, writeHlc } from './sqlite-hlc.ts'
import { forget, heldIn, heldOf, hold, isKnown, know } from './sqlite-known.ts'
import type { Sql, SqlDatabase } from './sqlite-store.ts'
import {
  deleteRow,
  hasRow,
  hasRowOf,
  hasRowWith,
  parentsOf,
  type SyncedTable,
  wipeRows,
  writeRow,
} from './sqlite-tables.ts'
import type { EntityRef, JsonObject, OutboxOp, RemoteRecord } from './types.ts'

export interface SqliteRecordsOptions<Tx> {
  readonly database: SqlDatabase<Tx>
  readonly userId: string
  readonly now: () => number
  /** Parents before their children. */
  readonly tables: readonly SyncedTable[]
}

export interface SqliteRecords extends RecordStore {
  /**
   * Removes every synced record from the device with the user's operations and checkpoint, as a logout must: all or none,
   * or the next user would be taken for the owner of what is left.
   */
  wipe(): Promise<void>
}

export function createSqliteRecords<Tx>(options: SqliteRecordsOptions<Tx>): SqliteRecords {
  const { database, userId, tables } = options
  const scope = `${userId}:checkpoint`

  function tableOf(ref: EntityRef): SyncedTable | undefined {
    return tables.find(table => table.entity === ref.entity)
  }

  /** Foreign keys are looked at when the transaction ends, so that the order of rows in a page does not matter. */
  function changing<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return database.transaction(async sql => {
      await sql.query('PRAGMA defer_foreign_keys = ON', [])
      return work(sql)
    })
  }

  async function write(sql: Sql, table: SyncedTable, ref: EntityRef, remote: RemoteRecord | null): Promise<void> {
    if (remote === null) {
      await deleteRow(sql, table, ref.entityId)
      return forget(sql, ref)
    }
    await bring(sql, table, ref, remote.values)
    await know(sql, ref, remote.version, null)
  }

  /** Writes a record of a page, or holds it back: an unsent edit would be lost, a child without its parent refused. */
  async function take(sql: Sql, ref: EntityRef, remote: RemoteRecord | null): Promise<void> {
    const table = tableOf(ref)
    if (table === undefined) return
    const mustWait = (await isEdited(sql, userId, ref)) || (await isBound(sql, table, ref, remote?.values ?? null))
    if (mustWait) await hold(sql, ref, remote)
    else await write(sql, table, ref, remote)
  }

  /** True where a foreign key would refuse the values, or the deletion when they are null. */
  async function isBound(sql: Sql, table: SyncedTable, ref: EntityRef, values: JsonObject | null): Promise<boolean> {
    return values === null ? hasChildren(sql, ref) : !(await hasParents(sql, table, values))
  }

  async function hasParents(sql: Sql, table: SyncedTable, values: JsonObject): Promise<boolean> {
    for (const parent of parentsOf(table, values)) {
      const parentTable = tableOf(parent)
      if (parentTable !== undefined && !(await hasRow(sql, parentTable, parent.entityId))) return false
    }
    return true
  }

  /** Rows that refer to a record; they go first, or the foreign key refuses. */
  async function hasChildren(sql: Sql, ref: EntityRef): Promise<boolean> {
    for (const table of tables) {
      for (const [column, entity] of Object.entries(table.parents)) {
        if (entity === ref.entity && (await hasRowWith(sql, table, column, ref.entityId))) return true
      }
    }
    return false
  }

  /**
   * A record whose row had gone from here may be there again. What a cascade took with it is to be what the server says
   * then, as the server never heard of that.
   */
  async function bring(sql: Sql, table: SyncedTable, ref: EntityRef, values: JsonObject): Promise<void> {
    const isNew = await writeRow(sql, table, ref.entityId, values)
    if (isNew && (await isKnown(sql, ref))) await doubtChildren(sql, ref.entity, new Set([ref.entity]))
  }

  /** `seen`: tables may refer to each other in a circle. */
  async function doubtChildren(sql: Sql, entity: string, seen: ReadonlySet<string>): Promise<void> {
    for (const table of tables.filter(one => Object.values(one.parents).includes(entity))) {
      const isHere = hasRowOf(table, 'sync_records.entity_id')
      await sql.query(`UPDATE sync_records SET held = ? WHERE entity = ? AND held IS NULL AND NOT ${isHere}`, [
        unknown,
        table.entity,
      ])
      if (!seen.has(table.entity)) await doubtChildren(sql, table.entity, new Set([...seen, table.entity]))
    }
  }

  /** Children whose parents have come meanwhile. */
  async function takeHeld(sql: Sql): Promise<void> {
    for (const table of tables) {
      for (const { ref, remote } of await heldIn(sql, table.entity)) {
        if (remote !== null && !(await hasRow(sql, table, ref.entityId))) await take(sql, ref, remote)
      }
    }
  }

  async function apply(page: PulledPage): Promise<void> {
    await changing(async sql => {
      for (const table of tables) {
        for (const { id, version, values, stamp = null } of page.changes[table.entity]?.upserted ?? [])
          await take(sql, { entity: table.entity, entityId: id }, { values, version, stamp })
      }
      for (const table of [...tables].reverse()) {
        for (const entityId of page.changes[table.entity]?.deleted ?? [])
          await take(sql, { entity: table.entity, entityId }, null)
      }
      await takeHeld(sql)
      await receiveStamps(sql, page)
      await sql.query('INSERT OR REPLACE INTO sync_state (scope, checkpoint, updated_at) VALUES (?, ?, ?)', [
        scope,
        page.checkpoint,
        options.now(),
      ])
    })
  }

  /** An edit that is made from now on is later than all that has been seen, however wrong this device's clock is. */
  async function receiveStamps(sql: Sql, page: PulledPage): Promise<void> {
    const stamps = Object.values(page.changes).flatMap(one => one.upserted.flatMap(record => record.stamp ?? []))
    const latest = stamps.sort().at(-1)
    if (latest === undefined) return
    const hlc = await readHlc(sql, userId, options.now)
    try {
      hlc.receive(latest)
    } catch (error) {
      // The record is taken all the same; its time must not lead this device's clock astray.
      if (error instanceof ClockDriftError) return
      throw error
    }
    await writeHlc(sql, userId, hlc.tick(), options.now())
  }

  return {
    apply,
    checkpoint: async () => {
      const [row] = await database.query('SELECT checkpoint FROM sync_state WHERE scope = ?', [scope])
      return row === undefined ? null : String(row['checkpoint'])
    },
    doubtful: async () => {
      const refs: EntityRef[] = []
      for (const table of tables) {
        for (const { ref, remote } of await heldIn(database, table.entity)) {
          const waitsForParent = remote !== null && !(await hasRow(database, table, ref.entityId))
          if (!waitsForParent && !(await isEdited(database, userId, ref))) refs.push(ref)
        }
      }
      return refs
    },
    put: (ref, remote) =>
      changing(async sql => {
        if (!(await isEdited(sql, userId, ref))) await take(sql, ref, remote)
      }),
    local: {
      delivered: (op, result) =>
        changing(async sql => {
          const table = tableOf(op)
          if (table === undefined) return
          const later = await laterFields(sql, op)
          if (op.kind === 'delete' && later !== null) return know(sql, op, null, null)
          // What a page has brought meanwhile may be newer than this deletion, whose answer may be a repeated one.
          if (op.kind === 'delete' && (await heldOf(sql, op)) !== undefined)
            return know(sql, op, op.baseVersion, unknown)
          if (op.kind === 'delete') return forget(sql, op)
          const version = result.version ?? null
          const values = without(result.values ?? {}, later)
          // The row is gone where its parent was removed here; should that be taken back, the row comes as well.
          const isWritable = (await hasRow(sql, table, op.entityId)) && !(await isBound(sql, table, op, values))
          await know(sql, op, version ?? op.baseVersion, isWritable ? await doubtAbout(sql, op, version) : unknown)
          if (isWritable) await writeRow(sql, table, op.entityId, values)
        }),
      settled: (op, decided, version) =>
        changing(async sql => {
          const table = tableOf(op)
          if (table === undefined) return
          const values = decided === null ? null : without(decided, await laterFields(sql, op))
          const isWritable = !(await isBound(sql, table, op, values))
          const doubt = isWritable ? await doubtAbout(sql, op, version) : unknown
          if (isWritable && values === null) await deleteRow(sql, table, op.entityId)
          if (isWritable && values !== null) await bring(sql, table, op, values)
          await know(sql, op, version, doubt)
        }),
      discarded: op => changing(sql => hold(sql, op, null)),
    },
    wipe: () =>
      changing(async sql => {
        for (const table of [...tables].reverse()) await wipeRows(sql, table)
        await sql.query('DELETE FROM sync_records', [])
        await sql.query('DELETE FROM outbox WHERE user_id = ?', [userId])
        await sql.query('DELETE FROM sync_state WHERE scope = ?', [scope])
      }),
  }
}

/** True for a record with unsent edits. Asked for one record at a time: the outbox may hold thousands. */
async function isEdited(sql: Sql, userId: string, ref: EntityRef): Promise<boolean> {
  const found = await sql.query(
    "SELECT 1 FROM outbox WHERE entity = ? AND entity_id = ? AND user_id = ? AND state <> 'dead' LIMIT 1",
    [ref.entity, ref.entityId, userId],
  )
  return found.length > 0
}

/** The fields that edits behind this one have changed; null when there is none behind it. */
async function laterFields(sql: Sql, op: OutboxOp): Promise<ReadonlySet<string> | null> {
  const rows = await sql.query(
    "SELECT payload FROM outbox WHERE entity = ? AND entity_id = ? AND user_id = ? AND seq > ? AND state <> 'dead'",
    [op.entity, op.entityId, op.userId, op.seq],
  )
  if (rows.length === 0) return null
  return new Set(rows.flatMap(row => Object.keys(JSON.parse(String(row['payload'])) as JsonObject)))
}

function without(values: JsonObject, names: ReadonlySet<string> | null): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names?.has(name) !== true))
}

/** What is held of a record of which only the server knows what it is now. */
const unknown = 'null'

/** The page may have brought another state than the one that an answer tells, which may be an old, repeated answer. */
async function doubtAbout(sql: Sql, ref: EntityRef, version: string | null): Promise<string | null> {
  if (version === null) return unknown
  const held = await heldOf(sql, ref)
  if (held === undefined) return null
  return held?.version === version ? null : unknown
}
