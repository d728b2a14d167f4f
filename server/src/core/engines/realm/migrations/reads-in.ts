// Which properties of rows a value in a migration is made of.
import type { Located } from '../../../catalog/scope.ts'
import { walkValue } from '../../../source/value.ts'
import type { MigrationAccess } from '../types.ts'
import { type Meanings, type MigrationWorld, meaningOf } from './meaning.ts'

/** Names that lead to one another deeper than this are taken for cycles. */
const deepest = 5

/** The properties, through constants as well: `const { name } = row`. */
export function readsIn(
  world: MigrationWorld,
  known: Meanings,
  { value, file }: Located,
  depth = 0,
): readonly MigrationAccess[] {
  const found: MigrationAccess[] = []
  for (const part of walkValue(value)) {
    if (part.kind === 'name' && part.key !== undefined && depth < deepest) {
      const bound = world.scope.binding(file, part.key)?.value
      if (bound) found.push(...readsIn(world, known, { value: bound, file }, depth + 1))
    }
    if (part.kind !== 'member' || part.name === undefined) continue
    const of = meaningOf(world, known, { value: part.of, file })
    if (of?.kind !== 'row' || of.className === undefined) continue
    found.push({ realm: of.realm, className: of.className, property: part.name, at: { file, span: part.nameAt } })
  }
  return found
}
