// The type of a column as other systems know it: its own, and what the models make of it.
import type { Field, PlainType } from '../../../catalog/catalog.ts'
import type { WatermelonStore } from '../types.ts'

/** A number that a model reads with `@date` is a point in time, a string with `@json` is JSON. */
export function plainTypeOf(store: WatermelonStore, field: Field): PlainType | undefined {
  switch (field.type?.text) {
    case 'string':
      return isBound(store, field, 'json') ? 'json' : 'text'
    case 'number':
      return isBound(store, field, 'date') ? 'milliseconds' : 'number'
    case 'boolean':
      return 'boolean'
    default:
      return undefined
  }
}

/** True when a model of the column's table reads it with that decorator. */
function isBound(store: WatermelonStore, field: Field, decorator: 'date' | 'json'): boolean {
  const tables = store.schema?.tables.filter(table => table.fields.some(one => one === field)) ?? []
  return tables.some(table =>
    store
      .modelsOf(table.name.text)
      .some(model =>
        model.members.some(member => member.binding?.name === decorator && member.column?.text === field.name.text),
      ),
  )
}
