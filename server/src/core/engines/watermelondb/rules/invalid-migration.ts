// A migration that the library refuses or chokes on.
import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { addImport } from '../../../write/add-import.ts'
import { styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { entryFaults, stepFaults } from '../migrations/migration-faults.ts'
import { packageOf } from '../migrations/write-migration.ts'
import { removeFrom } from '../schema/column-lists.ts'
import type { Migration, WatermelonStore } from '../types.ts'

type Data =
  | { readonly kind: 'remove'; readonly list: Located | undefined; readonly at: Place }
  | { readonly kind: 'type'; readonly literal: Located | undefined; readonly meant: string | undefined }
  | { readonly kind: 'wrap'; readonly store: WatermelonStore; readonly at: Place }

export const invalidMigration: Rule<WatermelonStore, Data> = {
  id: 'watermelondb/invalid-migration',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'A `toVersion` below 2. In JavaScript, where no compiler says so, also: a `toVersion` that is no number, missing `steps`, `addColumns` without `table` or `columns`, a raw step of an unknown type, and migrations that are not made by `schemaMigrations()`.',
    why: 'Development builds throw when the app starts. In a release build a step of an unknown type makes every query hang, without any error.',
    fix: 'Corrects the type of a raw step, wraps the migrations in `schemaMigrations()`, or removes the empty migration to version 1.',
  },
  *check(store) {
    const { migrationsRead, scope } = store
    if (!migrationsRead) return
    if (!migrationsRead.isCall && isJavaScript(migrationsRead.at.file))
      yield {
        at: migrationsRead.at,
        message:
          'These migrations are a plain object: the app throws "use schemaMigrations() to create migrations" when it starts. Wrap them in schemaMigrations().',
        data: { kind: 'wrap', store, at: migrationsRead.at },
      }
    for (const migration of migrationsRead.list) {
      if (migration.to && migration.to.value < 2)
        yield {
          at: migration.to.at,
          message: `A migration cannot lead to version ${migration.to.value}: version 1 is what a fresh install makes, and the app throws when it starts. Begin with version 2.`,
          ...(isEmpty(migration) && { data: { kind: 'remove', list: migrationsRead.listValue, at: migration.at } }),
        }
      if (isJavaScript(migration.at.file)) yield* entryFaults(scope, migration)
      for (const step of migration.steps) {
        if (!isJavaScript(step.at.file)) continue
        for (const { at, message, type } of stepFaults(scope, step))
          yield { at, message, ...(type && { data: { kind: 'type' as const, ...type } }) }
      }
    }
  },
  fix({ data }, context) {
    if (data?.kind === 'remove') {
      const edit = removeFrom(data.list, data.at, context)
      return edit && { title: 'Remove the empty migration', safe: true, edits: [edit] }
    }
    if (data?.kind === 'type') return changeTo(data.literal, data.meant, context)
    return data && wrap(data.store, data.at, context)
  },
  examples: [
    {
      name: 'a migration to version 1',
      files: exampleApp({
        version: 2,
        migrations: `{
  toVersion: 1,
//           ^ Begin with version 2
  steps: [],
},
{ toVersion: 2, steps: [] },`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({ migrations: '{ toVersion: 2, steps: [] },' })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'in JavaScript',
      files: {
        ...exampleApp({ version: 4 }),
        'src/db/migrations.js': `import { addColumns, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
export const migrations = schemaMigrations({
  migrations: [
    { toVersion: 2, steps: [{ type: 'addColumns', table: 'posts', columns: [] }, { type: 'drop' }] },
    //                              ^^^^^^^^^^^^ every query hangs
    //                                                                                   ^^^^^^ every query hangs
    { toVersion: '3', steps: {} },
    //           ^^^ is no number
    //                       ^^ has no list of steps
    { toVersion: 4, steps: [addColumns({ columns: [] }), addColumns({ table: 'posts', columns: {} })] },
    //                      ^^^^^^^^^^ without a table
    //                                                                                         ^^ must be an array
  ],
})
`,
        'src/db/index.ts': exampleApp({ migrations: '' })['src/db/index.ts']!,
      },
    },
    {
      name: 'the name of the function in place of the type',
      files: {
        'src/db.js': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

const posts = tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })
const schema = appSchema({ version: 2, tables: [posts] })
const steps = [{ type: "addColumns", table: 'posts', columns: [{ name: 'title', type: 'string' }] }]
//                     ^^^^^^^^^^^^ Did you mean "add_columns"?
const migrations = schemaMigrations({ migrations: [{ toVersion: 2, steps }] })
export const adapter = new SQLiteAdapter({ schema, migrations })
`,
      },
      fixed: {
        'src/db.js': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

const posts = tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })
const schema = appSchema({ version: 2, tables: [posts] })
const steps = [{ type: "add_columns", table: 'posts', columns: [{ name: 'title', type: 'string' }] }]
const migrations = schemaMigrations({ migrations: [{ toVersion: 2, steps }] })
export const adapter = new SQLiteAdapter({ schema, migrations })
`,
      },
    },
    {
      name: 'a plain object',
      files: {
        'src/db.js': `import { appSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'

const schema = appSchema({ version: 2, tables: [] })
const migrations = { migrations: [{ toVersion: 2, steps: [] }] }
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Wrap them
export const adapter = new SQLiteAdapter({ schema, migrations })
`,
      },
      fixed: {
        'src/db.js': `import { appSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

const schema = appSchema({ version: 2, tables: [] })
const migrations = schemaMigrations({ migrations: [{ toVersion: 2, steps: [] }] })
export const adapter = new SQLiteAdapter({ schema, migrations })
`,
      },
    },
    {
      name: 'raw steps, and what is not known',
      files: {
        ...exampleApp({ version: 3, migrations: '' }),
        'src/db/migrations.ts': `import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import { older } from './older'
export const migrations = schemaMigrations({
  migrations: [{ toVersion: 2, steps: [{ type: 'sql', sql: 'delete from posts;' }, { type: 'dropTable' } as any] }, older],
})
`,
        'src/db/older.js': `import { addColumns } from '@nozbe/watermelondb/Schema/migrations'
export const older = { toVersion: version(), steps: [{ type: kind }, ...more, addColumns(spec), addColumns({ ...spec })], ...rest }
`,
      },
    },
  ],
}

const isEmpty = ({ complete, steps, stepsEntry }: Migration): boolean =>
  complete && stepsEntry !== undefined && steps.length === 0

function wrap(store: WatermelonStore, at: Place, context: FixContext): Fix | undefined {
  const text = context.text(at.file)
  const module = store.scope.module(at.file)
  if (text === undefined || !module) return undefined
  const { start, end } = at.span
  const wish = { from: `${packageOf(store)}/Schema/migrations`, names: ['schemaMigrations'] }
  return {
    title: 'Wrap in schemaMigrations()',
    safe: false,
    edits: [
      ...addImport(at.file, text, module, wish, styleOf(text)),
      { file: at.file, start, end: start, text: 'schemaMigrations(' },
      { file: at.file, start: end, end, text: ')' },
    ],
  }
}
