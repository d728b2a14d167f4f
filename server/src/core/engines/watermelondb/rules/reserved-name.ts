// A table or column has a name that the engine keeps for itself.
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { exampleApp } from '../example-app.ts'
import { type ColumnsInStore, removeFrom } from '../schema/column-lists.ts'
import { isReserved } from '../schema/refused-name.ts'

export const reservedName: Rule<ColumnsInStore, { readonly list: Located | undefined; readonly at: Place }> = {
  id: 'watermelondb/reserved-name',
  severity: 'error',
  on: 'columns',
  docs: {
    what: 'A table or column is named `id`, `_status`, `_changed` or `local_storage`, in any case.',
    why: 'WatermelonDB makes these itself. Development builds throw `Invalid column or table name … reserved by WatermelonDB`; in a release build the database does not open (`duplicate column name: id`).',
    fix: 'Removes the column: every table has `id`, `_status` and `_changed` without naming them.',
  },
  *check({ list }) {
    const { columns, table, value } = list
    if (table?.isNamed && isReserved(table.name.text))
      yield {
        at: table.name.at,
        message: `"${table.name.text}" is reserved by WatermelonDB: the database does not open. Give the table another name.`,
      }
    for (const column of columns) {
      if (!isReserved(column.name.text)) continue
      const isImplicit = column.name.text.toLowerCase() !== 'local_storage'
      yield {
        at: column.name.at,
        message:
          `"${column.name.text}" is reserved by WatermelonDB: the database does not open. ` +
          (isImplicit ? 'Remove the column, every table has it already.' : 'Give the column another name.'),
        ...(isImplicit && { data: { list: value, at: column.at } }),
      }
    }
  },
  fix({ data }, context) {
    const edit = data && removeFrom(data.list, data.at, context)
    return edit && { title: 'Remove the column', safe: true, edits: [edit] }
  },
  examples: [
    {
      name: 'id as a column',
      files: exampleApp({
        schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'id', type: 'string' },
    //      ^^^^ every table has it already
    { name: 'title', type: 'string' },
  ],
}),`,
      }),
      fixed: exampleApp({}),
    },
    {
      name: 'in one line, in any case',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: '_Status', type: 'string' }] }),
//                                                                                ^^^^^^^^^ is reserved`,
      }),
      fixed: exampleApp({ schema: "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })," }),
    },
    {
      name: 'a table, and a column of a migration',
      files: exampleApp({
        schema: `tableSchema({ name: 'local_storage', columns: [] }),
//                  ^^^^^^^^^^^^^^^ another name`,
        version: 2,
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: '_changed', type: 'string' }] })] },
//                                                                     ^^^^^^^^^^ is reserved`,
      }),
    },
    {
      name: 'names that only look like it',
      files: exampleApp({
        schema:
          "tableSchema({ name: 'posts', columns: [{ name: '_id', type: 'string' }, { name: 'status', type: 'string' }] }),",
      }),
    },
  ],
}
