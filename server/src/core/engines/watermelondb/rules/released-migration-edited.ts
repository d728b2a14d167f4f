// A migration that phones have run already is no longer what it was.
import type { Rule } from '../../../rules/rule.ts'
import { indentBlock, lineIndent, styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import { type EditedMigration, editedMigrations } from '../migrations/edited-migrations.ts'
import { releasedSteps } from '../migrations/released-steps.ts'
import { arrayIn, importSteps, insertEntries, writeMigration } from '../migrations/write-migration.ts'
import { writeStep } from '../migrations/write-steps.ts'
import type { WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly edited: EditedMigration
}

export const releasedMigrationEdited: Rule<WatermelonStore, Data> = {
  id: 'watermelondb/released-migration-edited',
  severity: 'error',
  on: 'store',
  needsBaseline: true,
  docs: {
    what: 'The steps of a migration that was released are changed, or the migration is gone.',
    why: 'Phones that have run it never run it again: they lack what was added, and behave differently from phones that upgrade now. Without a migration, phones below its version are reset.',
    fix: 'Restores the released steps and moves what was added to a new version.',
  },
  *check(store) {
    const label = store.baseline?.label
    for (const edited of editedMigrations(store)) {
      if (edited.kind === 'changed') {
        const { to, at, toVersion } = edited.migration
        yield {
          at: to?.at ?? at,
          message: `The migration to version ${toVersion} was released (${label}) and is different now: phones that have run it never run it again and miss the change. Move the change to a new version.`,
          data: { store, edited },
        }
        continue
      }
      // Where the oldest are gone that missing-migration asks for, it says so.
      const oldest = Math.min(
        ...(store.migrationsRead?.list ?? []).map(one => one.toVersion ?? Number.POSITIVE_INFINITY),
      )
      if (edited.last < oldest && (store.baseline?.snapshots[0]?.version ?? 0) < oldest - 1) continue
      const next =
        store.migrationsRead?.list.find(one => one.toVersion === edited.last + 1) ?? store.migrationsRead?.list[0]
      const what =
        edited.first === edited.last
          ? `The migration to version ${edited.first}`
          : `Migrations ${edited.first} to ${edited.last}`
      yield {
        at: next?.to?.at ?? store.migrationsRead?.at ?? store.at,
        message: `${what}, released with ${label}, ${edited.first === edited.last ? 'is' : 'are'} gone: phones that have not run them lose data. Restore what was released.`,
        data: { store, edited },
      }
    }
  },
  fix({ data: { store, edited } }, context) {
    const { migrationsRead } = store
    if (!migrationsRead) return undefined
    if (edited.kind === 'removed') {
      const entries = releasedSteps(store, edited.first, edited.last)
      const edits = entries && insertEntries(store, migrationsRead, entries, context)
      return edits && { title: 'Restore the released migration', safe: false, edits }
    }
    const { migration, before, added } = edited
    const list = arrayIn(migration.stepsEntry && store.scope.follow(migration.stepsEntry.value), context)
    const written = added.length === 0 ? undefined : writeMigration(store, added, context)
    if (!list || (added.length > 0 && !written)) return undefined
    const style = styleOf(list.text)
    const outer = lineIndent(list.text, list.span.start)
    const comma = style.trailingComma ? ',' : ''
    const steps = before.map(step => style.indent + indentBlock(writeStep(step, style), style.indent)).join(',\n')
    const text = before.length === 0 ? '[]' : indentBlock(`[\n${steps}${comma}\n]`, outer, style.newline)
    const title = written
      ? `Restore it and move the change to version ${written.toVersion}`
      : 'Restore the released steps'
    return {
      title,
      safe: false,
      edits: [
        { file: list.file, start: list.span.start, end: list.span.end, text },
        ...(written?.edits ?? []),
        ...importSteps(
          store,
          list.file,
          list.text,
          before.filter(one => !added.some(other => other.kind === one.kind)),
          style,
        ),
      ],
    }
  },
  examples: [
    {
      name: 'a column was put into a released migration',
      released: exampleApp({
        version: 2,
        migrations:
          "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] })] },",
      }),
      files: exampleApp({
        version: 2,
        schema:
          "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),",
        migrations: `{
  toVersion: 2,
//           ^ Move the change to a new version
  steps: [
    addColumns({
      table: 'posts',
      columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }],
    }),
  ],
},`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: `{
  toVersion: 2,
  steps: [
    addColumns({
      table: 'posts',
      columns: [
        { name: 'title', type: 'string' },
      ],
    }),
  ],
},
{
  toVersion: 3,
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
      name: 'a released migration is gone',
      released: exampleApp({
        version: 3,
        migrations: "{ toVersion: 2, steps: [unsafeExecuteSql('delete from posts;')] },\n{ toVersion: 3, steps: [] },",
      }),
      files: exampleApp({
        version: 3,
        migrations: `{ toVersion: 3, steps: [] },
//           ^ The migration to version 2`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            "{\n  toVersion: 2,\n  steps: [\n    unsafeExecuteSql('delete from posts;'),\n  ],\n},\n{ toVersion: 3, steps: [] },",
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'written in another way, and an unreleased migration that grows',
      released: exampleApp({
        version: 2,
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),",
        migrations: `{ toVersion: 2, steps: [
  addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] }),
  addColumns({ table: 'posts', columns: [{ name: 'body', type: 'string', isOptional: true }] }),
  unsafeExecuteSql('delete  from posts ;'),
] },`,
      }),
      files: exampleApp({
        version: 3,
        migrations: `{ toVersion: 3, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number' }] })] },
{ toVersion: 2, steps: [
  addColumns({ table: 'posts', columns: [{ name: 'body', type: 'string', isOptional: true }, { name: 'title', type: 'string' }] }),
  { type: 'sql', sql: \`
    delete from posts;
  \` },
] },`,
      }),
    },
  ],
}
