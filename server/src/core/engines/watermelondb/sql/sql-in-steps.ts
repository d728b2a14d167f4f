// The static SQL of the migration steps that a file holds.
import { projectStores } from '../code/read-collection.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import type { CodeOfFile } from '../types.ts'
import type { SqlStep } from './judge-step.ts'

/** Those that some database runs. */
export function* sqlInSteps(code: CodeOfFile): Generator<SqlStep> {
  const imports = code.scope.module(code.file)?.imports ?? []
  // Only such files can have steps, and no other shall be woken by every change of a migration.
  if (!imports.some(one => code.library.isWatermelon(one.from) && one.from.endsWith('/Schema/migrations'))) return
  for (const store of projectStores(code)) {
    if (isLokiOnly(store)) continue
    for (const migration of store.migrationsRead?.list ?? [])
      for (const step of migration.steps)
        if (step.kind === 'sql' && step.sql?.at.file === code.file)
          yield { store, migration, step, text: step.sql.text }
  }
}
