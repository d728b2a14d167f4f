// A database as a snapshot: what a release puts on users' phones.
import type { Snapshot, SnapshotField } from '../../../baseline/snapshot.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import type { Column, SqliteStore, Table } from '../types.ts'

/** The snapshot of a database; undefined while its version or its tables are not known. */
export function snapshotOf(store: SqliteStore): Snapshot | undefined {
  const { version, entities } = store
  if (!version || !Number.isInteger(version.value) || version.value < 0 || !store.shape) return undefined
  return {
    format: 'offline-storage/snapshot',
    formatVersion: 1,
    engine: store.engine,
    store: store.name,
    version: version.value,
    complete: store.complete,
    entities: entities
      .filter(table => table.shape.kind === 'table')
      .map(table => ({
        name: table.name.text,
        complete: table.complete,
        ...primaryKeyOf(table),
        fields: table.fields.map(column => fieldOf(table, column)),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    migrations: migrationsOf(store),
  }
}

function primaryKeyOf({ fields }: Table): { readonly primaryKey?: string } {
  const keys = fields.filter(one => one.isPrimary)
  return keys.length === 1 ? { primaryKey: keys[0]!.name.text } : {}
}

/** A column as a field of a snapshot. */
function fieldOf({ shape }: Table, column: Column): SnapshotField {
  const name = column.name.text
  const key = shape.foreignKeys.find(one => one.columns.some(of => foldName(of) === foldName(name)))
  return {
    name,
    type: column.shape.type,
    ...(column.optional && { optional: true }),
    ...(column.indexed && { indexed: true }),
    ...(key && { target: key.table }),
    ...(column.shape.default !== null && { default: true }),
  }
}

function migrationsOf({ ladder }: SqliteStore): Snapshot['migrations'] {
  return (ladder?.steps ?? []).map(({ version, texts, complete }) => ({
    toVersion: version.value,
    steps: [
      ...texts.map(text => ({ kind: 'sql' as const, sql: text.sql.text })),
      ...(complete ? [] : [{ kind: 'unknown' as const }]),
    ],
  }))
}
