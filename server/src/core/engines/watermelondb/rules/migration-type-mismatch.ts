// A migration adds a column with another type than the schema has.
import { findEntity } from '../../../baseline/find-entity.ts'
import { changeText } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { migratedColumns } from '../migrations/added-columns.ts'
import { comparedSnapshot, isReleased } from '../migrations/missing-steps.ts'
import type { Column, TableInStore, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly then: Column
  readonly type: string
  readonly version: number | undefined
}

export const migrationTypeMismatch: Rule<TableInStore, Data> = {
  id: 'watermelondb/migration-type-mismatch',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'An `addColumns` step gives a column another type than the schema. Tables made by `createTable` have no old rows and are not judged.',
    why: 'Rows that were there before hold the default of the other type: the model reads 0 or an empty text, and queries for it do not find them.',
    fix: 'Gives the step the type of the schema, as long as the migration is not released.',
  },
  *check(subject) {
    const { store, table } = subject
    const released = findEntity(comparedSnapshot(store), table.name.text)
    for (const { now, then, by, version, isFilledBySql } of migratedColumns(subject)) {
      if (isFilledBySql) continue
      if (by !== 'add' || !now.type || !then.type || now.type.text === then.type.text) continue
      // Released with the step's type: the schema has changed since, which is column-type-changed.
      if (released?.fields.some(field => field.name === now.name.text && field.type === then.type?.text)) continue
      const isMendable = isReleased(store, version) !== true
      yield {
        at: then.type.at,
        message:
          `This migration adds "${now.name.text}" as a ${then.type.text}, but the schema has it as a ${now.type.text}: old rows hold the wrong default and queries miss them. ` +
          (isMendable ? 'Use the type of the schema.' : 'Set the old rows with SQL in a new migration.'),
        related: [{ at: now.type.at, message: 'The type in the schema' }],
        data: { store, then, type: now.type.text, version },
      }
    }
  },
  fix({ data: { store, then, type, version } }, context) {
    const state = isReleased(store, version)
    const edit = state === true ? undefined : changeText(then.entries.get('type')?.value, type, context)
    const condition = state === false ? '' : `, if version ${version} is not released yet`
    return edit && { title: `Change the step to "${type}"${condition}`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a number that is a string',
      files: exampleApp({
        version: 2,
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number' }] }),",
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'string' }] })] },
//                                                                                   ^^^^^^^^ old rows hold the wrong default`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number' }] })] },",
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'converted by SQL, created, dropped and added anew, or not known',
      files: exampleApp({
        version: 3,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number' }, { name: 'size', type: 'number' }, { name: 'due', type: kind }] }),
tableSchema({ name: 'notes', columns: [{ name: 'text', type: 'string' }] }),`,
        migrations: `{ toVersion: 2, steps: [
  addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'string' }, { name: 'size', type: 'string' }, { name: 'due', type: 'string' }] }),
  createTable({ name: 'notes', columns: [{ name: 'text', type: 'number' }] }),
] },
{ toVersion: 3, steps: [
  unsafeExecuteSql('update posts set rank = cast(rank as real); alter table posts drop column size;'),
  addColumns({ table: 'posts', columns: [{ name: 'size', type: 'number' }] }),
] },`,
      }),
    },
  ],
}
