// How the classes of a realm belong together, as their properties say it.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Relation } from '../../../catalog/mention.ts'
import type { Property, RealmClass, RealmStore } from '../types.ts'

/**
 * The relations between the classes of a realm, each once: a link, a list, a set or a dictionary, with the linkingObjects
 * that go the other way. Those that name a class which is not there are left out.
 */
export function relationsOf(store: RealmStore): readonly Relation[] {
  let found = remembered.get(store)
  if (!found) {
    found = computed(() => readRelations(store))
    remembered.set(store, found)
  }
  return found.value
}

const remembered = new WeakMap<RealmStore, ReadonlySignal<readonly Relation[]>>()

function readRelations(store: RealmStore): readonly Relation[] {
  const classes = new Map<string, RealmClass>()
  for (const one of store.classes) if (one.isNamed && !classes.has(one.name.text)) classes.set(one.name.text, one)
  const ends = [...classes.values()].flatMap(one => [...one.properties.values()].map(property => ({ one, property })))
  const backlinks = new Map<string, string[]>()
  for (const { property } of ends) {
    const { shape } = property
    if (shape?.kind !== 'linkingObjects') continue
    const key = keyOf(shape.target ?? '', shape.origin ?? '')
    backlinks.set(key, [...(backlinks.get(key) ?? []), property.name.text])
  }
  return ends.flatMap(({ one, property }): Relation[] => {
    const to = targetOf(property)
    const target = to === undefined ? undefined : classes.get(to)
    if (!target) return []
    const from = one.name.text
    // Backlinks name the persisted property.
    const names = [property.name.text, property.persisted.text].flatMap(name => backlinks.get(keyOf(from, name)) ?? [])
    return [
      {
        from,
        field: property.name.text,
        to: target.name.text,
        // An embedded object belongs to one parent alone.
        fromEnd: target.embedded ? 'one' : 'many',
        toEnd: property.shape?.kind === 'object' ? 'zero-or-one' : 'many',
        names: [...new Set([property.name.text, ...names])],
        at: property.at,
      },
    ]
  })
}

const keyOf = (className: string, property: string): string => JSON.stringify([className, property])

/** The class that a property links to. */
function targetOf({ shape }: Property): string | undefined {
  if (!shape || shape.kind === 'linkingObjects') return undefined
  return shape.kind === 'object' || shape.element === 'object' ? shape.target : undefined
}
