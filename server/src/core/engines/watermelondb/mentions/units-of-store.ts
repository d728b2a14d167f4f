// The units of a store: its tables, its migrations and its models, each with the files that it may mention something in.
import type { Scope } from '../../../catalog/scope.ts'
import { mentionsOfUnits, type UnitMentions } from '../../../catalog/unit-mentions.ts'
import type { StoreCore } from '../store.ts'
import type { Column, Migration, Model, Table } from '../types.ts'
import { migrationMentions } from './migration-mentions.ts'
import { modelMentions } from './model-mentions.ts'
import { tableMentions } from './schema-mentions.ts'

/** What the units of a store mention in a file, in lists that change apart from one another. */
export function unitsOfStore(scope: Scope, store: StoreCore): readonly ((file: string) => readonly UnitMentions[])[] {
  const about = () => store.name
  return [
    mentionsOfUnits<Table>({
      about,
      list: () => store.schema?.tables ?? [],
      files: filesOfTable,
      read: (table, of) => tableMentions(scope, table, { store: of, part: 'schema', role: 'defines' }),
      home: table => table.at,
    }),
    mentionsOfUnits<Migration>({
      about,
      list: () => store.migrationsRead?.list ?? [],
      files: migration => filesOfMigration(scope, migration),
      read: (migration, of) => migrationMentions(scope, of, migration),
      home: migration => migration.at,
    }),
    mentionsOfUnits<Model>({
      about,
      list: () => store.models,
      files: filesOfModel,
      read: (model, of) => modelMentions(scope, of, model),
    }),
  ]
}

function* filesOfTable(table: Table): Generator<string | undefined> {
  yield table.at.file
  yield table.name.at.file
  yield table.nameEntry?.value.file
  yield* filesOfColumns(table.fields)
}

/** Where columns are written, and where the constants for their names and types get their texts. */
function* filesOfColumns(columns: readonly Column[]): Generator<string | undefined> {
  for (const { at, name, entries } of columns) {
    yield at.file
    yield name.at.file
    yield entries.get('name')?.value.file
    yield entries.get('type')?.value.file
  }
}

function* filesOfMigration(scope: Scope, migration: Migration): Generator<string | undefined> {
  for (const step of migration.steps) {
    yield step.at.file
    if (step.kind === 'create') yield* filesOfTable(step.table)
    if (step.kind === 'add') {
      yield step.table?.at.file
      yield step.spec && scope.shape(step.spec)?.entries.get('table')?.value.file
      yield* filesOfColumns(step.columns)
    }
    if (step.kind !== 'sql' || !step.argument) continue
    const { value, file } = scope.follow(step.argument)
    yield file
    // Names may be put into SQL that stand in constants elsewhere.
    if (value.kind === 'template') for (const part of value.values) yield scope.follow({ value: part, file }).file
  }
}

function* filesOfModel(model: Model): Generator<string | undefined> {
  yield model.file
  yield model.tableAt?.file
  yield model.table?.at.file
  for (const { file, column, target } of model.members) {
    yield file
    yield column?.at.file
    yield target?.at.file
  }
  // Computed keys may be constants from elsewhere; their texts stand where the schema or the other model's own key says so.
  for (const { keyAt, keyEntry, key, typeEntry } of model.associations) {
    yield keyAt.file
    yield keyEntry?.value.file
    yield key?.at.file
    yield typeEntry?.value.file
  }
}
