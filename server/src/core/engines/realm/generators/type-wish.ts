// Reads the type that a person asks for, as Realm would.
import type { FieldWish } from '../../contract.ts'
import { normaliseShorthand } from '../schema/normalize.ts'
import type { PropertyShape, RealmStore } from '../types.ts'

/** Types that can be indexed (`property.hpp` of realm-core, `type_is_indexable`). */
const indexable: ReadonlySet<string> = new Set(['int', 'bool', 'date', 'string', 'objectId', 'uuid', 'mixed'])

/** What the property will be, or why it cannot be. */
export function shapeOfWish(
  store: RealmStore,
  { type, optional, indexed }: FieldWish,
): PropertyShape | { readonly problem: string } {
  const { shape, refusal } = normaliseShorthand(type.trim())
  if (!shape) return { problem: `"${type}" is no type of Realm. ${refusal.message}` }
  const { target, kind } = shape
  if (target !== undefined) {
    const found = store.class(target)
    if (!found && store.complete) return { problem: `"${target}" is neither a type of Realm nor an object schema.` }
    if (found?.asymmetric) return { problem: `Nothing can link to "${target}", which is asymmetric.` }
    if (found?.embedded && kind === 'set') return { problem: `A set cannot hold embedded objects such as "${target}".` }
  }
  if (indexed && !indexable.has(kind)) return { problem: `A property of type "${type}" cannot be indexed.` }
  // Collections are never null, only their elements are; links always may be.
  const isScalar = shape.element === undefined
  return optional && isScalar ? { ...shape, optional: true } : shape
}
