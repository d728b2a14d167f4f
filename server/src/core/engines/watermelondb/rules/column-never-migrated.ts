// Phones that upgrade never get a column of the schema.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import { comparedSnapshot, coversVersion, isReleased, missingOf, missingSteps } from '../migrations/missing-steps.ts'
import { specOf } from '../migrations/new-step.ts'
import { arrayIn, writeMigration } from '../migrations/write-migration.ts'
import { writeColumn } from '../migrations/write-steps.ts'
import type { Column, Table, TableInStore, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly table: Table
  readonly column: Column
  /** True when no released version has the column, so that adding it breaks no phone. */
  readonly isNew: boolean
}

export const columnNeverMigrated: Rule<TableInStore, Data> = {
  id: 'watermelondb/column-never-migrated',
  severity: 'error',
  on: 'table',
  docs: {
    what: 'A table is created by a migration, and a column of its schema is neither in that `createTable` nor in a later `addColumns` or SQL step. Where the released schema is known, any column that neither it nor a migration has. Without it, tables of the first version are not judged.',
    why: 'On phones that upgrade, every insert and update on the table fails with `table … has no column named …`, while fresh installs work. On LokiJS old rows have no value, and queries miss them.',
    fix: 'Adds the column with a migration. Where phones that installed the app at the present version may have the column already, that migration fails on them (SQLite cannot add a column only where it is missing): the fix says so.',
  },
  *check({ table, store }) {
    const missing = missingOf(store, table)
    if (missing.kind !== 'columns' || !coversVersion(store)) return
    const released = comparedSnapshot(store)
    const before = findEntity(released, table.name.text)
    const created = store.history(table.name.text).created.at(-1)?.step.at
    const harm = isLokiOnly(store)
      ? `rows of "${table.name.text}" on phones that upgrade have no value in it, and queries miss them`
      : `on phones that upgrade, every insert and update on "${table.name.text}" fails, while fresh installs work`
    for (const column of missing.columns) {
      const wasReleased = before?.fields.some(field => field.name === column.name.text) === true
      // While the version is the released one, schema-changed-without-migration says so.
      if (released && released.version === store.version?.value && !wasReleased) continue
      yield {
        at: column.name.at,
        message: `No migration adds column "${column.name.text}": ${harm}. Add it with addColumns.`,
        related: created ? [{ at: created, message: `The migration that creates "${table.name.text}"` }] : [],
        data: { store, table, column, isNew: released !== undefined && !wasReleased },
      }
    }
  },
  fix({ data: { store, table, column, isNew } }, context) {
    if (isNew) {
      const written = writeMigration(store, missingSteps(store), context)
      return written && { title: `Create migration to version ${written.toVersion}`, safe: false, edits: written.edits }
    }
    const name = table.name.text
    const version = store.version?.value
    const written = writeMigration(store, [{ kind: 'add', table: name, columns: [specOf(column)] }], context)
    const later: Fix | undefined = written && {
      title: `Create migration to version ${written.toVersion} (fails on phones that first installed a version with the column)`,
      safe: false,
      edits: written.edits,
    }
    const created = addToCreate(store, table, column, context)
    const isNewest = store.history(name).created.at(-1)?.version === version
    return (isNewest ? [created, later] : [later, created]).flatMap(fix => fix ?? [])
  },
  examples: [
    {
      name: 'forgotten in the newest createTable',
      files: exampleApp({
        version: 2,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),
//                                                                                ^^^^^^ No migration adds column "body"`,
        migrations: `{
  toVersion: 2,
  steps: [
    createTable({
      name: 'posts',
      columns: [
        { name: 'title', type: 'string' },
      ],
    }),
  ],
},`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: `{
  toVersion: 2,
  steps: [
    createTable({
      name: 'posts',
      columns: [
        { name: 'title', type: 'string' },
        { name: 'body', type: 'string' },
      ],
    }),
  ],
},`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'new since the release, which knows the table from version 1',
      released: exampleApp({}),
      files: exampleApp({
        version: 2,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),
//                                                                                ^^^^^^ Add it with addColumns`,
        migrations: '{\n  toVersion: 2,\n  steps: [],\n},',
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: `{
  toVersion: 2,
  steps: [
    addColumns({
      table: 'posts',
      columns: [
        { name: 'body', type: 'string' },
      ],
    }),
  ],
},`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'forgotten long ago: phones that installed the app since have the column',
      files: exampleApp({
        version: 3,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),
//                                                                                ^^^^^^ while fresh installs work`,
        migrations: `{ toVersion: 2, steps: [createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })] },
{ toVersion: 3, steps: [] },`,
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 4,
          schema:
            "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),",
        })['src/db/schema.ts']!,
        'src/db/migrations.ts': exampleApp({
          migrations: `{ toVersion: 2, steps: [createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })] },
{ toVersion: 3, steps: [] },
{
  toVersion: 4,
  steps: [
    addColumns({
      table: 'posts',
      columns: [
        { name: 'body', type: 'string' },
      ],
    }),
  ],
},`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'tables of version 1, columns that SQL adds, renames and creates',
      files: exampleApp({
        version: 3,
        schema: `tableSchema({ name: 'old', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }, { name: 'pinned', type: 'boolean' }] }),
tableSchema({ name: 'notes', columns: [{ name: 'text', type: 'string' }] }),`,
        migrations: `{ toVersion: 2, steps: [createTable({ name: 'posts', columns: [{ name: 'titel', type: 'string' }] })] },
{ toVersion: 3, steps: [
  unsafeExecuteSql('alter table posts rename column titel to title; ALTER TABLE "posts" ADD COLUMN "body";'),
  addColumns({ table: 'posts', columns: [{ name: 'pinned', type: 'boolean' }] }),
  unsafeExecuteSql('create table if not exists notes_new ("id" primary key, _changed, _status, text); drop table notes; alter table notes_new rename to notes;'),
] },`,
      }),
    },
    {
      name: 'steps and SQL that cannot be read',
      files: exampleApp({
        version: 3,
        schema:
          "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),\ntableSchema({ name: 'notes', columns: [{ name: 'text', type: 'string' }] }),",
        migrations: `{ toVersion: 2, steps: [createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }), createTable({ name: 'notes', columns: [] })] },
{ toVersion: 3, steps: [unsafeExecuteSql('do something with posts;'), ...noteColumns()] },`,
      }),
    },
  ],
}

/** The edit of a `createTable` that is not released: the table is made with the column from the start. */
function addToCreate(store: WatermelonStore, table: Table, column: Column, context: FixContext): Fix | undefined {
  const created = store.history(table.name.text).created.at(-1)
  if (!created || isReleased(store, created.version) === true) return undefined
  const list = arrayIn(created.step.table.columnsValue, context)
  if (!list) return undefined
  const style = styleOf(list.text)
  const known = isReleased(store, created.version) === false
  return {
    title: `Add it to createTable${known ? '' : `, if version ${created.version} is not released yet`}`,
    safe: false,
    edits: [insertElement(list, list.elements.length, writeColumn(specOf(column), style), style)],
  }
}
