// How the tables of a database belong together, as their foreign keys say it.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Relation } from '../../../catalog/mention.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import type { SqliteStore, Table } from '../types.ts'

/** The foreign keys that lead to tables of the database. */
export function relationsOf(store: SqliteStore): readonly Relation[] {
  let found = remembered.get(store)
  if (!found) {
    found = computed(() => store.entities.flatMap(table => relationsFrom(table, store.entities)))
    remembered.set(store, found)
  }
  return found.value
}

const remembered = new WeakMap<SqliteStore, ReadonlySignal<readonly Relation[]>>()

const relationsFrom = (table: Table, tables: readonly Table[]): readonly Relation[] =>
  table.shape.foreignKeys.flatMap((key): readonly Relation[] => {
    const target = tables.find(one => foldName(one.name.text) === foldName(key.table))
    const [column] = key.columns
    const field = table.fields.find(one => foldName(one.name.text) === foldName(column ?? ''))
    if (!target || !field) return []
    const primary = table.fields.filter(one => one.isPrimary)
    const isUnique = primary.length === 1 && primary[0] === field && key.columns.length === 1
    return [
      {
        from: table.name.text,
        field: field.name.text,
        to: target.name.text,
        fromEnd: isUnique ? 'one' : 'many',
        toEnd: field.optional ? 'zero-or-one' : 'one',
        names: [field.name.text],
        at: field.at,
      },
    ]
  })
