// A table or column has a name that the engine refuses.
import { findEntity } from '../../../baseline/find-entity.ts'
import { changeText } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { Edit } from '../../../text/edit.ts'
import { exampleApp } from '../example-app.ts'
import { releasedSnapshot } from '../migrations/missing-steps.ts'
import { columnRename } from '../migrations/rename-steps.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import { snakeCase } from '../models/naming.ts'
import type { ColumnList, ColumnsInStore } from '../schema/column-lists.ts'
import { refusal } from '../schema/refused-name.ts'
import type { Column, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly list: ColumnList
  /** Undefined for the table's own name. */
  readonly column: Column | undefined
}

export const unsafeName: Rule<ColumnsInStore, Data> = {
  id: 'watermelondb/unsafe-name',
  severity: 'error',
  early: true,
  on: 'columns',
  docs: {
    what: 'A table or column has a name that is not made of letters, digits and underscores, begins with `__`, or means something to JavaScript, SQLite or LokiJS (`constructor`, `rowid`, `$loki` …).',
    why: 'Development builds throw `Unsafe name … not allowed` when the app starts, and every query that names it throws in release builds too.',
    fix: 'Renames the column to snake_case in the schema and its models; where it was released, a migration copies its values.',
  },
  *check({ list, store }) {
    const { table } = list
    const of = table?.isNamed ? refusal(table.name.text) : undefined
    if (table && of !== undefined)
      yield {
        at: table.name.at,
        message: `WatermelonDB refuses the name "${table.name.text}" (${of}): the app throws when it starts. Rename the table.`,
        data: { store, list, column: undefined },
      }
    for (const column of list.columns) {
      const why = refusal(column.name.text)
      if (why !== undefined)
        yield {
          at: column.name.at,
          message: `WatermelonDB refuses the name "${column.name.text}" (${why}): the app throws when it starts. Rename the column.`,
          data: { store, list, column },
        }
    }
  },
  fix({ data: { store, list, column } }, context) {
    return column && renameColumn(store, list, column, context)
  },
  examples: [
    {
      name: 'a dash and a digit',
      files: exampleApp({
        schema: `tableSchema({
  name: '2posts',
//      ^^^^^^^^ letters, digits and underscores
  columns: [
    { name: 'title', type: 'string' },
  ],
}),`,
      }),
    },
    {
      name: 'a column with a dash',
      files: exampleApp({
        schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'dueAt-utc', type: 'number' },
//          ^^^^^^^^^^^ Rename the column
    { name: 'title', type: 'string' },
  ],
}),`,
        models: { Post: "static table = 'posts'\n@date('dueAt-utc') due!: Date" },
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          schema:
            "tableSchema({\n  name: 'posts',\n  columns: [\n    { name: 'due_at_utc', type: 'number' },\n    { name: 'title', type: 'string' },\n  ],\n}),",
        })['src/db/schema.ts']!,
        'src/models/Post.ts': exampleApp({
          models: { Post: "static table = 'posts'\n@date('due_at_utc') due!: Date" },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'a released column: its values are copied',
      released: exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'due-at', type: 'number' }] }),",
      }),
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'due-at', type: 'number' }] }),
//                                             ^^^^^^^^ Rename the column`,
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 2,
          schema: "tableSchema({ name: 'posts', columns: [{ name: 'due_at', type: 'number' }] }),",
        })['src/db/schema.ts']!,
        'src/db/migrations.ts': `import { addColumns, schemaMigrations, unsafeExecuteSql } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [
        addColumns({
          table: 'posts',
          columns: [
            { name: 'due_at', type: 'number' },
          ],
        }),
        unsafeExecuteSql('update "posts" set "due_at" = "due-at";'),
      ],
    },
  ],
})
`,
      },
    },
    {
      name: 'names that mean something elsewhere',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'constructor', type: 'string' }, { name: 'ROWID', type: 'number' }] }),
//                                             ^^^^^^^^^^^^^ JavaScript
//                                                                                      ^^^^^^^ SQLite
tableSchema({ name: 'sqlite_stats', columns: [{ name: '__x', type: 'string' }, { name: '$loki', type: 'string' }] }),
//                  ^^^^^^^^^^^^^^ SQLite
//                                                    ^^^^^ begins with "__"
//                                                                                     ^^^^^^^ LokiJS`,
      }),
    },
    {
      name: 'unusual names that are fine',
      files: exampleApp({
        schema:
          "tableSchema({ name: 'Posts', columns: [{ name: '_updated_at', type: 'number' }, { name: 'createdBy', type: 'string' }, { name: 'order', type: 'number' }] }),",
      }),
    },
  ],
}

function renameColumn(store: WatermelonStore, list: ColumnList, column: Column, context: FixContext): Fix | undefined {
  const old = column.name.text
  const name = snakeCase(old)
    .replace(/\W+/g, '_')
    .replace(/^_+(?=_)|_+$/g, '')
    .replace(/^(?=\d)/, '_')
  const isTaken = list.columns.some(other => other.name.text === name)
  const inSchema = changeText(column.entries.get('name')?.value, name, context)
  if (!inSchema || name === '' || refusal(name) !== undefined || isTaken) return undefined
  const edits: Edit[] = [inSchema]
  const { tableName } = list
  if (tableName !== undefined && list.step === undefined) {
    for (const model of store.modelsOf(tableName))
      for (const member of model.members) {
        if (member.column?.text !== old) continue
        const argument = member.binding?.args?.find(one => one.value.at === member.column?.at.span)
        const edit = changeText(argument, name, context)
        if (edit) edits.push(edit)
      }
    const entity = findEntity(releasedSnapshot(store), tableName)
    if (entity?.fields.some(field => field.name === old)) {
      const written = writeMigration(store, columnRename(store, tableName, column, name), context)
      if (!written) return undefined
      edits.push(...written.edits)
    }
  }
  return { title: `Rename to "${name}"`, safe: false, edits }
}
