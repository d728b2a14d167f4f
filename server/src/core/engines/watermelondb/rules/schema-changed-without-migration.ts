// The schema differs from the released one, but its version does not.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import { comparedSnapshot, missingOf, missingSteps } from '../migrations/missing-steps.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import type { TableInStore, WatermelonStore } from '../types.ts'

export const schemaChangedWithoutMigration: Rule<TableInStore, { readonly store: WatermelonStore }> = {
  id: 'watermelondb/schema-changed-without-migration',
  severity: 'error',
  on: 'table',
  needsBaseline: true,
  docs: {
    what: 'A table or column was added to the schema while its version is still the released one.',
    why: 'Phones that have the app at this version never run a migration: every insert and update on the table fails with `no such table` or `table has no column named`, while fresh installs work.',
    fix: 'Creates the migration that adds what is new, and raises the version.',
  },
  *check({ table, store }) {
    const released = comparedSnapshot(store)
    if (!released || store.version?.value !== released.version) return
    const missing = missingOf(store, table)
    const label = store.baseline?.label
    if (missing.kind === 'table')
      yield {
        at: table.name.at,
        message: `Table "${table.name.text}" is new since ${label}, but the version is still ${released.version}: on phones that update, every use of it fails with "no such table". Raise the version and add a migration.`,
        related: [{ at: store.version.at, message: 'The version' }],
        data: { store },
      }
    if (missing.kind !== 'columns') return
    const harm = isLokiOnly(store)
      ? `rows of "${table.name.text}" on phones that update have no value in it, and queries miss them`
      : `on phones that update, every write to "${table.name.text}" fails`
    const before = findEntity(released, table.name.text)
    for (const column of missing.columns) {
      // What the release has, and only the migrations lack, is column-never-migrated.
      if (before?.fields.some(field => field.name === column.name.text)) continue
      yield {
        at: column.name.at,
        message: `Column "${column.name.text}" is new since ${label}, but the version is still ${released.version}: ${harm}. Raise the version and add a migration.`,
        related: [{ at: store.version.at, message: 'The version' }],
        data: { store },
      }
    }
  },
  fix({ data: { store } }, context) {
    const written = writeMigration(store, missingSteps(store), context)
    return written && { title: `Create migration to version ${written.toVersion}`, safe: false, edits: written.edits }
  },
  examples: [
    {
      name: 'a new column',
      released: exampleApp({
        schema: "tableSchema({\n  name: 'posts',\n  columns: [\n    { name: 'title', type: 'string' },\n  ],\n}),",
      }),
      files: exampleApp({
        schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'pinned', type: 'boolean' },
    //      ^^^^^^^^ new since
  ],
}),`,
      }),
      fixed: {
        'src/db/migrations.ts': `import { addColumns, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [
        addColumns({
          table: 'posts',
          columns: [
            { name: 'pinned', type: 'boolean' },
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
      name: 'a removed column needs nothing',
      released: exampleApp({
        schema:
          "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'old', type: 'string' }] }),",
      }),
      files: exampleApp({ schema: "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })," }),
    },
  ],
}
