// Which of the names that are gone and of those that are new are most likely the same thing.
import { closest } from '../../../text/similar.ts'
import type { SchemaClass, SchemaProperty } from './schema-class.ts'

/** A released property and its present name. */
export interface RenamedProperty {
  readonly from: SchemaProperty
  readonly to: SchemaProperty
}

/**
 * Pairs properties of one type: those with the nearest names first, then those of which one name contains the other,
 * then what alone is left of its type.
 */
export function pairRenames(
  removed: readonly SchemaProperty[],
  added: readonly SchemaProperty[],
): readonly RenamedProperty[] {
  const gone = new Set(removed)
  const fresh = new Set(added)
  const pairs: RenamedProperty[] = []
  const pair = (from: SchemaProperty, to: SchemaProperty | undefined): void => {
    if (!to) return
    pairs.push({ from, to })
    gone.delete(from)
    fresh.delete(to)
  }
  const alike = (from: SchemaProperty) => [...fresh].filter(to => isAlike(from, to))
  for (const from of removed) {
    const near = alike(from)
    const name = closest(
      from.persisted,
      near.map(one => one.persisted),
    )
    pair(
      from,
      near.find(one => one.persisted === name),
    )
  }
  for (const from of [...gone])
    pair(
      from,
      alike(from).find(to => contain(from.persisted, to.persisted)),
    )
  for (const from of [...gone]) {
    const [to, ...more] = alike(from).filter(one => one.shape?.optional === from.shape?.optional)
    const rivals = [...gone].filter(one => to && isAlike(one, to))
    if (more.length === 0 && rivals.length === 1) pair(from, to)
  }
  return pairs
}

const isAlike = ({ shape: a }: SchemaProperty, { shape: b }: SchemaProperty): boolean =>
  a !== undefined && b !== undefined && typeKey(a) === typeKey(b)

const typeKey = ({ kind, element, target }: NonNullable<SchemaProperty['shape']>): string =>
  `${kind} ${element ?? ''} ${target ?? ''}`

/** `name` and `fullName`. Shorter words stand in others by chance. */
function contain(a: string, b: string): boolean {
  const [short, long] = [a.toLowerCase(), b.toLowerCase()].sort((one, other) => one.length - other.length)
  return short!.length > 2 && long!.includes(short!)
}

/** True when a class that is gone and one that is new hold mostly the same. */
export function isRenamedClass(before: SchemaClass, now: SchemaClass): boolean {
  if (!before.isClear || !now.isClear || before.embedded !== now.embedded) return false
  const equal = [...before.properties.values()].filter(({ persisted, shape }) => {
    const other = now.properties.get(persisted)?.shape
    if (!shape || !other) return false
    // Links to itself go by the new name.
    const target = shape.target === before.name ? now.name : shape.target
    return typeKey({ ...shape, ...(target !== undefined && { target }) }) === typeKey(other)
  }).length
  const most = Math.max(before.properties.size, now.properties.size)
  const isNear = closest(before.name, [now.name]) !== undefined || contain(before.name, now.name)
  return equal * 3 >= most * 2 && (equal >= 3 || (equal === most && equal === 2) || (equal >= 1 && isNear))
}
