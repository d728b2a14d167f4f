// A column is indexed in the schema, but upgraded phones never get the index.
import type { Fix, Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { migratedColumns } from '../migrations/added-columns.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import { isReleased } from '../migrations/missing-steps.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import { setFlag } from '../schema/column-edits.ts'
import type { Column, TableInStore, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly table: string
  readonly now: Column
  readonly then: Column
  readonly version: number | undefined
}

export const migrationIndexMismatch: Rule<TableInStore, Data> = {
  id: 'watermelondb/migration-index-mismatch',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'A column has `isIndexed: true` in the schema, but not in the step that makes it, and no SQL step creates the index. An index that the schema no longer wants harms nobody and is not reported.',
    why: 'Phones that upgrade lack the index, so the queries and relations that it was made for are slow there; fresh installs have it.',
    fix: 'Adds `isIndexed: true` to the step, or, once it is released, creates the index by SQL in a new migration.',
  },
  *check(subject) {
    const { store, table } = subject
    for (const { now, then, version, isIndexed } of migratedColumns(subject)) {
      if (!now.indexed || then.indexed || isIndexed) continue
      yield {
        at: then.entries.get('isIndexed')?.at ?? then.name.at,
        message: `This migration makes "${now.name.text}" without the index that the schema has: queries for it are slow on phones that upgrade. Add isIndexed: true, or create the index in a new migration.`,
        related: [{ at: now.entries.get('isIndexed')?.at ?? now.name.at, message: 'The column in the schema' }],
        data: { store, table: table.name.text, now, then, version },
      }
    }
  },
  fix({ data: { store, table, now, then, version } }, context) {
    const state = isReleased(store, version)
    const edit = state === true ? undefined : setFlag(then, 'isIndexed', true, context)
    const condition = state === false ? '' : `, if version ${version} is not released yet`
    const inStep: Fix[] = edit
      ? [{ title: `Add isIndexed to the step${condition}`, safe: state === false, edits: [edit] }]
      : []
    if (state === false || isLokiOnly(store)) return inStep
    const name = now.name.text
    const sql = `create index if not exists "${table}_${name}" on "${table}" ("${name}");`
    const written = writeMigration(store, [{ kind: 'sql', sql }], context)
    const later: Fix[] = written
      ? [
          {
            title: `Create the index in a migration to version ${written.toVersion}`,
            safe: false,
            edits: written.edits,
          },
        ]
      : []
    return state === 'unknown' && version === store.version?.value ? [...inStep, ...later] : [...later, ...inStep]
  },
  examples: [
    {
      name: 'an old migration',
      files: exampleApp({
        version: 3,
        schema: "tableSchema({ name: 'notes', columns: [{ name: 'post_id', type: 'string', isIndexed: true }] }),",
        migrations: `{ toVersion: 3, steps: [] },
{ toVersion: 2, steps: [createTable({ name: 'notes', columns: [{ name: 'post_id', type: 'string' }] })] },
//                                                                     ^^^^^^^^^ slow on phones that upgrade`,
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 4,
          schema: "tableSchema({ name: 'notes', columns: [{ name: 'post_id', type: 'string', isIndexed: true }] }),",
        })['src/db/schema.ts']!,
        'src/db/migrations.ts': exampleApp({
          migrations: `{
  toVersion: 4,
  steps: [
    unsafeExecuteSql('create index if not exists "notes_post_id" on "notes" ("post_id");'),
  ],
},
{ toVersion: 3, steps: [] },
{ toVersion: 2, steps: [createTable({ name: 'notes', columns: [{ name: 'post_id', type: 'string' }] })] },`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'a migration that is not released',
      released: exampleApp({}),
      files: exampleApp({
        version: 2,
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'post_id', type: 'string', isIndexed: true }] }),",
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'post_id', type: 'string', isIndexed: false }] })] },
//                                                                                                ^^^^^^^^^^^^^^^^ without the index`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'post_id', type: 'string', isIndexed: true }] })] },",
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'indexed by SQL, no longer indexed, and version 1',
      files: exampleApp({
        version: 3,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'author_id', type: 'string', isIndexed: true }] }),
tableSchema({ name: 'notes', columns: [{ name: 'post_id', type: 'string', isIndexed: true }, { name: 'rank', type: 'number' }] }),`,
        migrations: `{ toVersion: 2, steps: [createTable({ name: 'notes', columns: [{ name: 'post_id', type: 'string' }, { name: 'rank', type: 'number', isIndexed: true }] })] },
{ toVersion: 3, steps: [unsafeExecuteSql('CREATE INDEX IF NOT EXISTS notes_post_id ON notes (post_id);')] },`,
      }),
    },
  ],
}
