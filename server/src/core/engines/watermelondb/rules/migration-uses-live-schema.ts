// A migration takes its columns from the constant that the schema takes them from.
import type { Rule } from '../../../rules/rule.ts'
import { lineIndent, quoted, styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import { type LiveStep, liveSteps } from '../migrations/live-columns.ts'
import { specOf } from '../migrations/new-step.ts'
import { writeColumn } from '../migrations/write-steps.ts'
import type { WatermelonStore } from '../types.ts'

export const migrationUsesLiveSchema: Rule<WatermelonStore, LiveStep> = {
  id: 'watermelondb/migration-uses-live-schema',
  severity: 'warning',
  on: 'store',
  docs: {
    what: '`createTable` or `addColumns` takes its columns from the same constant as the schema.',
    why: 'When the table gains a column the old step gains it too. The `addColumns` that the new column needs then fails with `duplicate column name`, and the database does not open on phones that upgrade from far behind.',
    fix: 'Writes the columns into the step as they are now: a copy that no later change reaches.',
  },
  *check(store) {
    for (const live of liveSteps(store)) {
      const { expression, tableName, table } = live
      yield {
        at: { file: expression.file, span: expression.value.at },
        message: `This step shares its columns with the schema: the next column of "${tableName}" would change the old migration too, and phones that upgrade stop at "duplicate column name". Write the columns out here.`,
        related: [{ at: table.name.at, message: `Table "${table.name.text}" in the schema` }],
        data: live,
      }
    }
  },
  fix({ data: { expression, isSpec, columns, tableName } }, context) {
    const text = context.text(expression.file)
    if (text === undefined || columns.some(one => one.unclear || !one.type || one.otherKeys.length > 0))
      return undefined
    const style = styleOf(text)
    const { start, end } = expression.value.at
    const outer = lineIndent(text, start)
    const comma = style.trailingComma ? ',' : ''
    const list = (indent: string) =>
      [
        '[',
        `${columns.map(column => `${indent}${style.indent}${writeColumn(specOf(column), style)}`).join(`,${style.newline}`)}${comma}`,
        `${indent}]`,
      ].join(style.newline)
    const inner = outer + style.indent
    const lines = [
      `{`,
      `${inner}name: ${quoted(tableName, style)},`,
      `${inner}columns: ${list(inner)}${comma}`,
      `${outer}}`,
    ]
    // The shorthand `columns` is key and value in one.
    const isShorthand = /[{,]\s*$/.test(text.slice(0, start)) && !isSpec && text.slice(start, end) === 'columns'
    const written = isSpec ? lines.join(style.newline) : `${isShorthand ? 'columns: ' : ''}${list(outer)}`
    return { title: 'Write the columns out', safe: true, edits: [{ file: expression.file, start, end, text: written }] }
  },
  examples: [
    {
      name: 'the columns of a table',
      files: {
        ...exampleApp({ version: 2 }),
        'src/db/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const postColumns = [{ name: 'title', type: 'string' as const }, { name: 'pinned', type: 'boolean' as const, isOptional: true }]
export const schema = appSchema({ version: 2, tables: [tableSchema({ name: 'posts', columns: postColumns })] })
`,
        'src/db/migrations.ts': `import { createTable, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import { postColumns } from './schema'

export const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [
        createTable({
          name: 'posts',
          columns: postColumns,
          //       ^^^^^^^^^^^ Write the columns out
        }),
      ],
    },
  ],
})
`,
        'src/db/index.ts': exampleApp({ migrations: '' })['src/db/index.ts']!,
      },
      fixed: {
        'src/db/migrations.ts': `import { createTable, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import { postColumns } from './schema'

export const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [
        createTable({
          name: 'posts',
          columns: [
            { name: 'title', type: 'string' },
            { name: 'pinned', type: 'boolean', isOptional: true },
          ],
        }),
      ],
    },
  ],
})
`,
      },
    },
    {
      name: 'the whole table, and columns that both spread',
      files: {
        'src/db.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { addColumns, createTable, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

const sync = [{ name: 'synced_at', type: 'number' as const }]
const posts = { name: 'posts', columns: [{ name: 'title', type: 'string' as const }] }
const schema = appSchema({
  version: 2,
  tables: [tableSchema(posts), tableSchema({ name: 'notes', columns: [...sync] })],
})
const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [
        createTable(posts),
        //          ^^^^^ shares its columns
        addColumns({ table: 'notes', columns: sync }),
        //                                    ^^^^ shares its columns
      ],
    },
  ],
})
export const adapter = new SQLiteAdapter({ schema, migrations })
`,
      },
      fixed: {
        'src/db.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { addColumns, createTable, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

const sync = [{ name: 'synced_at', type: 'number' as const }]
const posts = { name: 'posts', columns: [{ name: 'title', type: 'string' as const }] }
const schema = appSchema({
  version: 2,
  tables: [tableSchema(posts), tableSchema({ name: 'notes', columns: [...sync] })],
})
const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [
        createTable({
          name: 'posts',
          columns: [
            { name: 'title', type: 'string' },
          ],
        }),
        addColumns({ table: 'notes', columns: sync }),
      ],
    },
  ],
})
export const adapter = new SQLiteAdapter({ schema, migrations })
`,
      },
    },
    {
      name: 'a constant of its own, and table names that are shared',
      files: {
        ...exampleApp({ version: 2 }),
        'src/db/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const tables = { posts: 'posts' } as const
export const schema = appSchema({ version: 2, tables: [tableSchema({ name: tables.posts, columns: [{ name: 'title', type: 'string' }] })] })
`,
        'src/db/migrations.ts': `import { createTable, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import { tables } from './schema'
const columnsOf2 = [{ name: 'title', type: 'string' as const }]
export const migrations = schemaMigrations({
  migrations: [{ toVersion: 2, steps: [createTable({ name: tables.posts, columns: columnsOf2 })] }],
})
`,
        'src/db/index.ts': exampleApp({ migrations: '' })['src/db/index.ts']!,
      },
    },
  ],
}
