// The app's edits by the keys of its rows, where some of them are numbers: operations speak of the ids of records.
import { RecordMissingError } from './sqlite-edits.ts'
import type { Sql, SqlDatabase, SqlValue } from './sqlite-store.ts'
import { idOfRow, keyOfRecord, type SyncedTable } from './sqlite-tables.ts'
import type { Gather, JsonObject, JsonValue, NewOperation, OpKind } from './types.ts'

export interface KeyedEditsOptions<Tx> {
  readonly database: SqlDatabase<Tx>
  readonly tables: readonly SyncedTable[]
  readonly sqlOf: (tx: Tx) => Sql
  readonly newId: () => string
  readonly edits: (edit: NewOperation) => Gather<Tx>
  readonly enqueueAll: (gather: Gather<Tx>) => Promise<number>
}

export type Key = string | number

export interface KeyedEdits {
  /** Makes a row and gives its key. A key that is a number is SQLite's to give. */
  create(entity: string, values: JsonObject, key?: string): Promise<Key>
  update(entity: string, key: Key, values: JsonObject): Promise<void>
  remove(entity: string, key: Key): Promise<void>
  /** The key of the row of a record; null where it has none on this device. */
  keyOf(entity: string, id: string): Promise<Key | null>
}

export function createKeyedEdits<Tx>(options: KeyedEditsOptions<Tx>): KeyedEdits {
  const { tables, database } = options

  function tableOf(entity: string): SyncedTable {
    const table = tables.find(one => one.entity === entity)
    if (table === undefined) throw new Error(`${entity} is not synced.`)
    return table
  }

  /** The values as the record has them: ids in the place of the numbers of rows. */
  async function inIds(sql: Sql, table: SyncedTable, values: JsonObject): Promise<JsonObject> {
    const entries: [string, JsonValue][] = []
    for (const [name, value] of Object.entries(values)) {
      const parent = table.parents[name]
      const isNumber = typeof value === 'number' && parent !== undefined && table.numbers?.has(parent) === true
      entries.push([name, isNumber ? await known(sql, tableOf(parent), value) : value])
    }
    return Object.fromEntries(entries)
  }

  async function edit(kind: OpKind, entity: string, values: JsonObject, id: (sql: Sql) => Promise<string>) {
    const table = tableOf(entity)
    let key: SqlValue = null
    await options.enqueueAll(async (tx, room) => {
      const sql = options.sqlOf(tx)
      const payload = await inIds(sql, table, values)
      const entityId = await id(sql)
      const operations = await options.edits({ kind, entity, entityId, payload })(tx, room)
      if (kind === 'create') key = await keyOfRecord(sql, table, entityId)
      return operations
    })
    return key
  }

  return {
    create: async (entity, values, key) => {
      const made = await edit('create', entity, values, async () => key ?? options.newId())
      if (made === null) throw new Error(`The new ${entity} has no row.`)
      return made
    },
    update: async (entity, key, values) =>
      void (await edit('update', entity, values, sql => known(sql, tableOf(entity), key))),
    remove: async (entity, key) => void (await edit('delete', entity, {}, sql => known(sql, tableOf(entity), key))),
    keyOf: (entity, id) => keyOfRecord(database, tableOf(entity), id),
  }
}

async function known(sql: Sql, table: SyncedTable, key: Key): Promise<string> {
  const id = await idOfRow(sql, table, key)
  if (id === null) throw new RecordMissingError(table.entity, String(key))
  return id
}
