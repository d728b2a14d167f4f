// A migration that the library refuses or chokes on.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Evidence, Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import type { Place } from '../../../text/span.ts'
import { addImport } from '../../../write/add-import.ts'
import { styleOf } from '../../../write/style.ts'
import { changeTo } from '../change-text.ts'
import { removeFrom } from '../column-lists.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { placeOf } from '../read-table.ts'
import type { Migration, Step, WatermelonStore } from '../types.ts'
import { packageOf } from '../write-migration.ts'

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
      if (isJavaScript(migration.at.file)) yield* wrongEntry(scope, migration)
      for (const step of migration.steps) if (isJavaScript(step.at.file)) yield* wrongStep(scope, step)
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

type Found = Evidence<Data>

const isEmpty = ({ complete, steps, stepsEntry }: Migration): boolean =>
  complete && stepsEntry !== undefined && steps.length === 0

/** True for values that are certainly not of this kind. */
function isOther(scope: Scope, located: Located, kind: 'number' | 'array'): boolean {
  const { value } = scope.follow(located)
  return (
    value.kind !== kind &&
    ['string', 'template', 'number', 'boolean', 'null', 'undefined', 'object', 'array'].includes(value.kind)
  )
}

function* wrongEntry(scope: Scope, migration: Migration): Generator<Found> {
  const { toEntry, stepsEntry, at, located } = migration
  const isComplete = scope.shape(located)?.complete === true
  if (toEntry ? isOther(scope, toEntry.value, 'number') : isComplete)
    yield {
      at: toEntry ? placeOf(toEntry.value) : at,
      message: `This toVersion is ${toEntry ? 'no number' : 'missing'}: the app throws when it starts. Give the version as a number.`,
    }
  if (stepsEntry ? isOther(scope, stepsEntry.value, 'array') : isComplete)
    yield {
      at: stepsEntry ? placeOf(stepsEntry.value) : at,
      message: `This migration has no ${stepsEntry ? 'list of ' : ''}steps: the app throws when it starts. Give an array, an empty one where there is nothing to do.`,
    }
}

const rawTypes = ['create_table', 'add_columns', 'sql']

function* wrongStep(scope: Scope, step: Step): Generator<Found> {
  if (step.kind === 'unknown') {
    const shape = scope.shape(step.located)
    const type = shape?.entries.get('type')
    if (step.rawType && type && !rawTypes.includes(step.rawType.text)) {
      const meant = closest(step.rawType.text, rawTypes)
      yield {
        at: step.rawType.at,
        message: `There is no step of type "${step.rawType.text}": in a release build the database never opens and every query hangs, without any error. ${meant === undefined ? 'Use createTable, addColumns or unsafeExecuteSql.' : `Did you mean "${meant}"?`}`,
        data: { kind: 'type', literal: type.value, meant },
      }
    }
    if (shape?.complete && !type)
      yield {
        at: step.at,
        message:
          'This step has no type: the app throws when it starts. Use createTable, addColumns or unsafeExecuteSql.',
      }
    return
  }
  if (step.kind !== 'add' || !step.spec || !step.call) return
  const shape = scope.shape(step.spec)
  const columns = shape?.entries.get('columns')
  const callee = { file: step.call.file, span: step.call.value.callee.at }
  if (shape?.complete && !step.hasTable)
    yield {
      at: callee,
      message: 'addColumns without a table: the app throws when it starts. Say which table gets the columns.',
    }
  if (shape?.complete && !columns)
    yield {
      at: callee,
      message: 'addColumns without columns: the app throws when it starts. Say which columns the table gets.',
    }
  if (columns && isOther(scope, columns.value, 'array'))
    yield {
      at: placeOf(columns.value),
      message: 'The columns of addColumns must be an array: the app throws when it starts. Put them in brackets.',
    }
}

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
