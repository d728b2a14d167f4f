// Phones that upgrade never get a table of the schema.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { comparedSnapshot, coversVersion, missingOf, missingSteps } from '../migrations/missing-steps.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import type { TableInStore, WatermelonStore } from '../types.ts'

export const tableNeverMigrated: Rule<TableInStore, { readonly store: WatermelonStore }> = {
  id: 'watermelondb/table-never-migrated',
  severity: 'error',
  on: 'table',
  needsBaseline: true,
  docs: {
    what: 'A table of the schema is not in the released schema, and no migration creates it.',
    why: 'On phones that upgrade, every use of the table fails with `no such table` (on LokiJS with `Cannot read properties of null`), while fresh installs work.',
    fix: 'Creates the table in the migration to the present version.',
  },
  *check({ table, store }) {
    const released = comparedSnapshot(store)
    if (!released || store.version?.value === released.version || !coversVersion(store)) return
    if (missingOf(store, table).kind !== 'table') return
    yield {
      at: table.name.at,
      message: `Table "${table.name.text}" is new since ${store.baseline?.label} and no migration creates it: on phones that upgrade, every use of it fails with "no such table". Add createTable to the migrations.`,
      data: { store },
    }
  },
  fix({ data: { store } }, context) {
    const written = writeMigration(store, missingSteps(store), context)
    return (
      written && {
        title: `Create the table in the migration to version ${written.toVersion}`,
        safe: false,
        edits: written.edits,
      }
    )
  },
  examples: [
    {
      name: 'a new table and an empty migration',
      released: exampleApp({}),
      files: exampleApp({
        version: 2,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'notes', columns: [{ name: 'text', type: 'string', isIndexed: true }] }),
//                  ^^^^^^^ Add createTable`,
        migrations: '{ toVersion: 2, steps: [] },',
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: `{ toVersion: 2, steps: [
  createTable({
    name: 'notes',
    columns: [
      { name: 'text', type: 'string', isIndexed: true },
    ],
  }),
] },`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'created by a step, by SQL and by a rename',
      released: exampleApp({}),
      files: exampleApp({
        version: 2,
        schema: `tableSchema({ name: 'articles', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'notes', columns: [] }),
tableSchema({ name: 'tags', columns: [{ name: 'name', type: 'string' }] }),`,
        migrations: `{ toVersion: 2, steps: [
  createTable({ name: 'notes', columns: [] }),
  unsafeExecuteSql('create table if not exists "tags" ("id" primary key, "_changed", "_status", "name");'),
  { type: 'sql', sql: 'alter table posts rename to articles;' },
] },`,
      }),
    },
    {
      name: 'without a release nothing is known of tables',
      files: exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' }),
    },
  ],
}
