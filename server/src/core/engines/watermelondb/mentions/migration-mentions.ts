// What the steps of a migration name.
import type { Mention } from '../../../catalog/mention.ts'
import { entityMentions, type Told } from '../../../catalog/name-mentions.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { Migration } from '../types.ts'
import { columnMentions, tableMentions } from './schema-mentions.ts'
import { mentionsInStep } from './sql-mentions.ts'

/** The tables and columns that a migration makes or changes. */
export function* migrationMentions(scope: Scope, store: string, migration: Migration): Generator<Mention> {
  const { toVersion: version } = migration
  const adds: Told = { store, part: 'migration', role: 'adds', version }
  for (const step of migration.steps) {
    if (step.kind === 'create') yield* tableMentions(scope, step.table, adds)
    if (step.kind === 'add') {
      const table = step.spec && scope.shape(step.spec)?.entries.get('table')?.value
      yield* entityMentions(scope, table, { ...adds, role: 'changes', whole: step.at })
      yield* columnMentions(scope, step.table?.text, step.columns, adds)
    }
    if (step.kind === 'sql' && step.argument)
      yield* mentionsInStep(scope, step.argument, { ...adds, role: 'changes', whole: step.at })
  }
}
