// What `onMigration` names: the classes whose rows it reads and writes, and the properties that it gives.
import type { Mention } from '../../../catalog/mention.ts'
import { keyPlace } from '../../../catalog/name-at.ts'
import { entityMentions, mentionsOfName, type Told } from '../../../catalog/name-mentions.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { MigrationRead } from '../types.ts'

/** The classes and properties in a migration, each with the version that the branch around it leads to. */
export function* migrationMentions(scope: Scope, store: string, migration: MigrationRead): Generator<Mention> {
  const told: Told = { store, part: 'migration', role: 'changes' }
  for (const { call, className } of migration.calls) {
    const [argument] = call.value.args
    if (argument && className)
      yield* entityMentions(
        scope,
        { value: argument, file: call.file },
        { ...told, whole: { file: call.file, span: call.value.at } },
      )
  }
  for (const { nameAt, property, className, realm, toVersion, at } of migration.steps) {
    if (!nameAt || property === '*' || realm === 'old') continue
    const place = keyPlace(property, nameAt)
    yield* mentionsOfName(
      { text: property, at: place.at, source: place.isPlain ? place.at : undefined },
      {
        kind: 'field',
        entity: className,
        field: property,
        ...told,
        ...(toVersion !== undefined && { version: toVersion }),
        whole: at,
      },
    )
  }
}
