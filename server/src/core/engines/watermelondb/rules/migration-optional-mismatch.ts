// A migration adds a column as optional that the schema requires, or the other way round.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { Fix, Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { migratedColumns } from '../migrations/added-columns.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import { comparedSnapshot, isReleased } from '../migrations/missing-steps.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import { setFlag } from '../schema/column-edits.ts'
import type { Column, TableInStore, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly table: string
  readonly now: Column
  readonly then: Column
  readonly version: number | undefined
  readonly isFilledBySql: boolean
}

export const migrationOptionalMismatch: Rule<TableInStore, Data> = {
  id: 'watermelondb/migration-optional-mismatch',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'An `addColumns` step and the schema differ in `isOptional`. Tables made by `createTable` have no old rows and are not judged.',
    why: 'Rows that were there before hold NULL and new ones an empty text or 0 (or the other way round): the model reads both alike, but queries miss some of them.',
    fix: 'Makes the step agree with the schema, or, once it is released, fills the old rows by SQL in a new migration.',
  },
  *check(subject) {
    const { store, table } = subject
    const released = findEntity(comparedSnapshot(store), table.name.text)
    const runsOnLoki = store.adapters.some(one => one.kind === 'loki')
    for (const { now, then, by, version, isFilledBySql } of migratedColumns(subject)) {
      if (isFilledBySql && !(runsOnLoki && then.optional)) continue
      if (by !== 'add' || now.optional === then.optional || now.type?.text !== then.type?.text) continue
      const before = released?.fields.find(field => field.name === now.name.text)
      // Required when it was released and optional since: that needs nothing.
      if (now.optional && before && before.optional !== true) continue
      const value = now.type?.text === 'boolean' ? 'false' : emptyOf(now)
      yield {
        at: then.entries.get('isOptional')?.at ?? then.name.at,
        message: isFilledBySql
          ? `LokiJS does not run the SQL that fills "${now.name.text}" of old rows: there they hold NULL, but the schema requires a value, so queries for ${value} miss those rows. Make both agree.`
          : then.optional
            ? `This migration fills "${now.name.text}" of old rows with NULL, but the schema requires a value: the model reads ${value}, queries for ${value} miss those rows. Fill them, or make both agree.`
            : `This migration fills "${now.name.text}" of old rows with ${value}, but the schema has it optional: queries for null miss those rows. Make both agree.`,
        related: [{ at: now.entries.get('isOptional')?.at ?? now.name.at, message: 'The column in the schema' }],
        data: { store, table: table.name.text, now, then, version, isFilledBySql },
      }
    }
  },
  fix({ data: { store, table, now, then, version, isFilledBySql } }, context) {
    const state = isReleased(store, version)
    const fixes: Fix[] = []
    const edit = state === true ? undefined : setFlag(then, 'isOptional', now.optional, context)
    const condition = state === false ? '' : `, if version ${version} is not released yet`
    const what = now.optional ? 'Make the step optional' : 'Make the step required'
    if (edit) fixes.push({ title: `${what}${condition}`, safe: false, edits: [edit] })
    if (state === false || now.optional || isFilledBySql || isLokiOnly(store)) return fixes
    const name = now.name.text
    const sql = `update "${table}" set "${name}" = ${emptyOf(now)} where "${name}" is null;`
    const written = writeMigration(store, [{ kind: 'sql', sql }], context)
    const fill: Fix[] = written
      ? [{ title: `Fill old rows in a migration to version ${written.toVersion}`, safe: false, edits: written.edits }]
      : []
    // The newest migration is the one that may still be changed.
    return state === 'unknown' && version === store.version?.value ? [...fixes, ...fill] : [...fill, ...fixes]
  },
  examples: [
    {
      name: 'optional in the newest migration',
      files: exampleApp({
        version: 2,
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string', isOptional: true }] })] },
//                                                                                              ^^^^^^^^^^^^^^^^ queries for '' miss those rows`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] })] },",
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'optional in a released migration',
      released: exampleApp({
        version: 2,
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }] }),",
        migrations:
          "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }] })] },",
      }),
      files: exampleApp({
        version: 2,
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number' }] }),",
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }] })] },
//                                                                                             ^^^^^^^^^^^^^^^^ the model reads 0`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }] })] },
{
  toVersion: 3,
  steps: [
    unsafeExecuteSql('update "posts" set "rank" = 0 where "rank" is null;'),
  ],
},`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'required in the step, optional in the schema',
      files: exampleApp({
        version: 2,
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }] }),",
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number' }] })] },
//                                                                     ^^^^^^ queries for null miss those rows`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }] })] },",
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'filled by SQL, a created table, equal in other words',
      files: exampleApp({
        version: 3,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number' }, { name: 'size', type: 'number', isOptional: false }] }),
tableSchema({ name: 'notes', columns: [{ name: 'text', type: 'string' }] }),`,
        migrations: `{ toVersion: 2, steps: [
  addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }, { name: 'size', type: 'number' }] }),
  createTable({ name: 'notes', columns: [{ name: 'text', type: 'string', isOptional: true }] }),
] },
{ toVersion: 3, steps: [unsafeExecuteSql('update "posts" set "rank" = 0 where "rank" is null;')] },`,
      }),
    },
    {
      name: 'filled by SQL in an app that also runs on LokiJS',
      files: {
        ...exampleApp({
          version: 2,
          schema: "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number' }] }),",
          migrations: `{ toVersion: 2, steps: [
  addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number', isOptional: true }] }),
  //                                                                     ^^^^^^^^^^^^^^^^ LokiJS does not run the SQL
  unsafeExecuteSql('update "posts" set "rank" = 0 where "rank" is null;'),
] },`,
        }),
        'src/db/web.ts': `import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { migrations } from './migrations'
import { schema } from './schema'
export const adapter = new LokiJSAdapter({ schema, migrations, useWebWorker: false, useIncrementalIndexedDB: true })
`,
      },
    },
  ],
}

/** What the sanitizer puts in place of nothing (`src/RawRecord/index.js`), as SQL. */
const emptyOf = (column: Column): string => (column.type?.text === 'string' ? "''" : '0')
