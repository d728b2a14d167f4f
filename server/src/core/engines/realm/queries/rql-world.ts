// The classes of a realm as the checker of queries takes them.
import type { RqlClass, RqlProperty, RqlWorld } from '../rql/world.ts'
import type { Property, RealmClass, RealmStore } from '../types.ts'

/** A realm whose classes nobody knows: what is wrong in it is wrong in every realm. */
export const unknownWorld: RqlWorld = { classOf: () => undefined, classNames: [], complete: false }

/** The classes of a realm. Reading one of them depends on that one only. */
export function worldOf(store: RealmStore): RqlWorld {
  const core = coreOf(store.project.versions['realm'])
  return {
    classOf: name => {
      const found = store.class(name)
      return found && rqlClassOf(found)
    },
    get classNames() {
      return store.classNames()
    },
    get complete() {
      return store.complete
    },
    ...(core && { core }),
  }
}

/** The realm-core that a version of realm brings: 13 in 12.0 to 12.6, one that takes the queries of 14 from 12.7 on. */
function coreOf(version: string | undefined): 13 | 14 | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '')?.map(Number) ?? []
  if (major === undefined || minor === undefined || major < 12) return undefined
  return major === 12 && minor < 7 ? 13 : 14
}

const known = new WeakMap<RealmClass, RqlClass>()

function rqlClassOf(one: RealmClass): RqlClass {
  const found = known.get(one) ?? readClass(one)
  known.set(one, found)
  return found
}

const readClass = (one: RealmClass): RqlClass => ({
  name: one.name.text,
  properties: [...one.properties.values()].map(property => readProperty(one, property)),
  // A property that is not read to the end may have another name in the file.
  complete: one.complete && one.fields.every(field => !field.unclear),
})

function readProperty(one: RealmClass, { name, persisted, shape, index, isPrimary }: Property): RqlProperty {
  const isMapped = persisted.text !== name.text
  const common = {
    name: name.text,
    ...(isMapped && { mappedTo: persisted.text }),
    isPrimary: isPrimary === true || one.primaryKey?.text === name.text,
    isFullText: index === 'full-text' || index === undefined,
  }
  if (!shape) return { ...common, type: 'unknown', optional: true }
  const { kind, optional, target, origin } = shape
  const objectType = target === undefined ? {} : { objectType: target }
  if (kind === 'linkingObjects')
    return { ...common, ...objectType, type: kind, optional, ...(origin !== undefined && { origin }) }
  if (kind === 'list' || kind === 'set' || kind === 'dictionary')
    return { ...common, ...objectType, type: shape.element ?? 'unknown', collection: kind, optional }
  return { ...common, ...objectType, type: kind, optional }
}
