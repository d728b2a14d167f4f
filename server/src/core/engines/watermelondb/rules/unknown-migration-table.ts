// A migration adds columns to a table that never existed.

import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { exampleApp } from '../example-app.ts'
import { releasedSnapshot } from '../migrations/missing-steps.ts'
import type { WatermelonStore } from '../types.ts'

interface Data {
  readonly literal: Located | undefined
  readonly meant: string | undefined
}

const posts = "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),"
const grown =
  "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'pinned', type: 'boolean' }] }),"

export const unknownMigrationTable: Rule<WatermelonStore, Data> = {
  id: 'watermelondb/unknown-migration-table',
  severity: 'error',
  on: 'store',
  needsBaseline: true,
  docs: {
    what: 'An unreleased `addColumns` step names a table that no released schema has and no step creates.',
    why: 'On every phone that updates the migration fails with `no such table`, and the database does not open.',
    fix: 'Names the table that was most likely meant.',
  },
  *check(store) {
    const released = releasedSnapshot(store)
    const { migrationsRead, baseline } = store
    if (!released || !baseline || !migrationsRead?.complete) return
    if (baseline.snapshots.some(one => !one.complete)) return
    const known = new Set(baseline.snapshots.flatMap(one => one.entities.map(entity => entity.name)))
    for (const migration of migrationsRead.list) {
      if (migration.toVersion === undefined || migration.toVersion <= released.version) continue
      for (const step of migration.steps) {
        if (step.kind !== 'add' || !step.table || known.has(step.table.text)) continue
        const history = store.history(step.table.text)
        if (!history.complete || history.created.length > 0 || history.sql.length > 0) continue
        const entry = step.spec && store.scope.shape(step.spec)?.entries.get('table')
        const meant = closest(step.table.text, known)
        yield {
          at: entry ? { file: entry.value.file, span: entry.value.value.at } : step.table.at,
          message:
            `There never was a table "${step.table.text}": on phones that update this migration fails and the database does not open.` +
            (meant === undefined ? ' Create the table first, or correct the name.' : ` Did you mean "${meant}"?`),
          data: { literal: entry?.value, meant },
        }
      }
    }
  },
  fix: ({ data }, context) => changeTo(data.literal, data.meant, context),
  examples: [
    {
      name: 'a mistyped table in a new migration',
      released: exampleApp({ schema: posts, version: 1, migrations: '' }),
      files: exampleApp({
        schema: grown,
        version: 2,
        migrations: `{ toVersion: 2, steps: [
  addColumns({ table: 'post', columns: [{ name: 'pinned', type: 'boolean' }] }),
  //                  ^^^^^^ Did you mean "posts"?
] },`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: `{ toVersion: 2, steps: [
  addColumns({ table: 'posts', columns: [{ name: 'pinned', type: 'boolean' }] }),
] },`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'released steps, and tables made by SQL',
      released: exampleApp({
        schema: posts,
        version: 2,
        migrations:
          "{ toVersion: 2, steps: [addColumns({ table: 'old', columns: [{ name: 'a', type: 'string' }] })] },",
      }),
      files: exampleApp({
        schema: posts,
        version: 3,
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'old', columns: [{ name: 'a', type: 'string' }] })] },
{ toVersion: 3, steps: [
  unsafeExecuteSql('create table if not exists "made" ("id" primary key);'),
  addColumns({ table: 'made', columns: [{ name: 'a', type: 'string' }] }),
] },`,
      }),
    },
  ],
}
