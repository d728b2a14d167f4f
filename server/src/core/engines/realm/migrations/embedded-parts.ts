// Embedded objects cannot be asked for: what changes in them is mended by writing them anew where they are held.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { RealmStore } from '../types.ts'
import { type Difference, differencesOf, presentClass, releasedClass } from './compare-schemas.ts'
import type { SchemaClass, SchemaProperty } from './schema-class.ts'

/** A present property and the released one that its values come from. */
export interface CopiedPart {
  readonly to: SchemaProperty
  readonly from: SchemaProperty | undefined
}

/** What a copy of a whole object is made of, renamed properties under both names. */
export function copiedParts(before: SchemaClass, now: SchemaClass): readonly CopiedPart[] {
  const renamed = new Map(
    differencesOf(before, now).flatMap(({ kind, from, to }) =>
      kind === 'property-renamed' && from && to ? [[to, from] as const] : [],
    ),
  )
  return [...now.properties.values()].map(to => ({
    to,
    from: renamed.get(to) ?? before.properties.get(to.persisted),
  }))
}

/** Embedded classes that are to be written anew: those with such a change, and those that hold one of them. */
export function touchedEmbedded(
  store: RealmStore,
  released: Snapshot,
  differences: readonly Difference[],
): ReadonlySet<string> {
  const touched = new Set(
    differences.flatMap(({ kind, className, to }) => {
      const isChanged =
        kind === 'property-renamed' ||
        kind === 'type-changed' ||
        kind === 'made-required' ||
        (kind === 'property-added' && to?.hasDefault === true && to.shape?.optional === false)
      return isChanged && store.class(className)?.embedded && findEntity(released, className) ? [className] : []
    }),
  )
  if (touched.size === 0) return touched
  const embedded = store.classNames().flatMap(name => {
    const found = store.class(name)
    return found?.embedded ? [presentClass(found)] : []
  })
  for (let size = -1; size !== touched.size; ) {
    size = touched.size
    for (const one of embedded)
      for (const { shape } of one.properties.values())
        if (shape?.target !== undefined && touched.has(shape.target)) touched.add(one.name)
  }
  return touched
}

/** Released and present properties, unchanged themselves, that hold objects of these embedded classes. */
export function* holdersOf(
  store: RealmStore,
  released: Snapshot,
  touched: ReadonlySet<string>,
): Generator<{ readonly className: string; readonly from: SchemaProperty; readonly to: SchemaProperty }> {
  if (touched.size === 0) return
  for (const name of store.classNames()) {
    const found = store.class(name)
    const entity = findEntity(released, name)
    if (!found || found.embedded || !entity || entity.embedded) continue
    const before = releasedClass(entity)
    for (const to of presentClass(found).properties.values()) {
      const from = before.properties.get(to.persisted)
      if (from?.shape?.target === to.shape?.target && touched.has(to.shape?.target ?? '') && from)
        yield { className: name, from, to }
    }
  }
}

/** Embedded classes within embedded ones deeper than this are not looked into. */
const deepest = 4

/** True when objects of an embedded class are in what a property holds. */
export function holdsEmbedded(
  store: RealmStore,
  className: string,
  property: string,
  embedded: string,
  depth = 0,
): boolean {
  const target = store.class(className)?.properties.get(property)?.shape?.target
  if (target === undefined || depth > deepest) return false
  if (target === embedded) return true
  const found = store.class(target)
  if (!found?.embedded) return false
  return [...found.properties.keys()].some(name => holdsEmbedded(store, target, name, embedded, depth + 1))
}
