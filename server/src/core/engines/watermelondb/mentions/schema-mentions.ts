// What a table's specification names, in a schema or in a migration: itself, its columns and their types.
import type { Choice, Mention } from '../../../catalog/mention.ts'
import { entityMentions, fieldMentions, type Told, wordMentions } from '../../../catalog/name-mentions.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { Column, Table } from '../types.ts'

/** What `told` says of the table and of each of its columns, wherever their names are written. */
export function* tableMentions(scope: Scope, table: Table, told: Told): Generator<Mention> {
  yield* entityMentions(scope, table.nameEntry?.value, { ...told, whole: table.at })
  yield* columnMentions(scope, table.isNamed ? table.name.text : undefined, table.fields, told)
}

/** The same for columns of `entity`; of a table whose name is not known only the types are told. */
export function* columnMentions(
  scope: Scope,
  entity: string | undefined,
  columns: readonly Column[],
  told: Told,
): Generator<Mention> {
  for (const column of columns) {
    if (entity !== undefined)
      yield* fieldMentions(scope, column.entries.get('name')?.value, entity, { ...told, whole: column.at })
    yield* wordMentions(column.entries.get('type')?.value, columnTypes)
  }
}

/** `ColumnType` of `src/Schema/index.js`. */
const columnTypes: readonly Choice[] = [
  { text: 'string', detail: "a text; '' when nothing is given" },
  { text: 'number', detail: 'a number, also a date in milliseconds; 0 when nothing is given' },
  { text: 'boolean', detail: 'true or false; false when nothing is given' },
]
