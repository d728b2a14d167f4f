// A migration makes a column or a table that an earlier one has made.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import { isReleased } from '../migrations/missing-steps.ts'
import { type Clash, replay } from '../migrations/replay.ts'
import { removeFrom } from '../schema/column-lists.ts'
import type { WatermelonStore } from '../types.ts'

export const duplicateMigrationStep: Rule<WatermelonStore, { readonly store: WatermelonStore; readonly clash: Clash }> =
  {
    id: 'watermelondb/duplicate-migration-step',
    severity: 'error',
    on: 'store',
    docs: {
      what: 'A column is added twice, or by `createTable` and again by `addColumns`, or a table is created twice. What SQL has dropped or renamed in between may be made anew.',
      why: 'SQLite answers `duplicate column name` or `table already exists`: the migration is rolled back and the database does not open on phones that upgrade. LokiJS sets the column of old rows back to its default.',
      fix: 'Removes the later one, as long as it is not released.',
    },
    *check(store) {
      if (!store.migrationsRead) return
      const isLoki = isLokiOnly(store)
      for (const clash of replay(store.migrationsRead, undefined).clashes) {
        const what =
          clash.kind === 'table'
            ? `Table "${clash.name}" is created`
            : `Column "${clash.name}" of "${clash.table}" is added`
        // LokiJS keeps a table that is there already.
        if (clash.kind === 'table' && isLoki) continue
        const cause = clash.kind === 'table' ? 'table already exists' : 'duplicate column name'
        const harm = isLoki
          ? 'LokiJS sets the values of old rows back to the default'
          : `phones that upgrade stop at "${cause}" and the database does not open`
        const version = clash.earlierVersion
        yield {
          at: clash.at,
          message: `${what} by an earlier step already: ${harm}. Remove one of the two.`,
          related: [
            {
              at: clash.earlier,
              message: version === undefined ? 'The earlier step' : `The migration to version ${version}`,
            },
          ],
          data: { store, clash },
        }
      }
    },
    fix({ data: { store, clash } }, context) {
      const { step, column, migration } = clash
      const state = isReleased(store, migration.toVersion)
      if (state === true) return undefined
      const steps = migration.stepsEntry && store.scope.follow(migration.stepsEntry.value)
      const isWhole = clash.kind === 'table' || (step.kind === 'add' && step.columns.length === 1)
      const list = isWhole ? steps : step.kind === 'add' ? step.columnsValue : undefined
      const edit = removeFrom(list, isWhole || !column ? step.at : column.at, context)
      const condition = state === false ? '' : `, if version ${migration.toVersion} is not released yet`
      const title = `Remove the later ${isWhole ? 'step' : 'column'}${condition}`
      return edit && { title, safe: false, edits: [edit] }
    },
    examples: [
      {
        name: 'a column twice',
        files: exampleApp({
          version: 3,
          migrations: `{
  toVersion: 2,
  steps: [addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] })],
},
{
  toVersion: 3,
  steps: [
    addColumns({ table: 'posts', columns: [{ name: 'body', type: 'string' }, { name: 'title', type: 'string' }] }),
//                                                                                   ^^^^^^^ duplicate column name
  ],
},`,
        }),
        fixed: {
          'src/db/migrations.ts': exampleApp({
            migrations: `{
  toVersion: 2,
  steps: [addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] })],
},
{
  toVersion: 3,
  steps: [
    addColumns({ table: 'posts', columns: [{ name: 'body', type: 'string' }] }),
  ],
},`,
          })['src/db/migrations.ts']!,
        },
      },
      {
        name: 'created with the column, newest first, and a table twice',
        files: exampleApp({
          version: 3,
          migrations: `{
  toVersion: 3,
  steps: [
    addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] }),
//                                                 ^^^^^^^ is added by an earlier step
    createTable({ name: 'posts', columns: [] }),
//                      ^^^^^^^ table already exists
  ],
},
{ toVersion: 2, steps: [createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })] },`,
        }),
        fixed: {
          'src/db/migrations.ts': exampleApp({
            migrations: `{
  toVersion: 3,
  steps: [
    createTable({ name: 'posts', columns: [] }),
  ],
},
{ toVersion: 2, steps: [createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })] },`,
          })['src/db/migrations.ts']!,
        },
      },
      {
        name: 'dropped, renamed, or changed in a way that cannot be read',
        files: exampleApp({
          version: 4,
          migrations: `{ toVersion: 2, steps: [
  createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
  createTable({ name: 'notes', columns: [] }),
  createTable({ name: 'tags', columns: [{ name: 'name', type: 'string' }] }),
] },
{ toVersion: 3, steps: [
  unsafeExecuteSql('alter table posts drop column title; drop table if exists notes; alter something of tags;'),
] },
{ toVersion: 4, steps: [
  addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] }),
  createTable({ name: 'notes', columns: [] }),
  addColumns({ table: 'tags', columns: [{ name: 'name', type: 'string' }] }),
] },`,
        }),
      },
    ],
  }
