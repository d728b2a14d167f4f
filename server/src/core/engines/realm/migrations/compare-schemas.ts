// What changed between the released classes and the present ones, and what Realm makes of each change.
import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { Property, PropertyShape, RealmClass } from '../types.ts'
import { pairRenames } from './pair-renames.ts'
import type { SchemaClass, SchemaProperty } from './schema-class.ts'
import { shapeOfField } from './snapshot-of.ts'

/** What realm-core does about a kind of change (`object_store.cpp`). */
export interface Effect {
  /** True when it throws `Migration is required` while the version is the same. */
  readonly isRefused: boolean
  /**
   * What becomes of the values once the version is raised and nothing is copied: `kept`, replaced by zeros or nulls,
   * `left` behind in a table that nobody sees, or nothing as the opening `throws`, maybe for some rows only, or always.
   */
  readonly values: 'kept' | 'zero' | 'lost' | 'left' | 'may-throw' | 'impossible'
}

const kept: Effect = { isRefused: true, values: 'kept' }
const lost: Effect = { isRefused: true, values: 'lost' }
const mayThrow: Effect = { isRefused: true, values: 'may-throw' }

/** Every kind of change. The order of properties, indexes and linkingObjects never count. */
export const effects = {
  'class-added': { isRefused: false, values: 'kept' },
  'class-removed': { isRefused: false, values: 'left' },
  'class-renamed': { isRefused: false, values: 'left' },
  'property-added': { isRefused: true, values: 'zero' },
  'property-removed': lost,
  'property-renamed': lost,
  'type-changed': lost,
  'made-optional': kept,
  'made-required': lost,
  'key-added': mayThrow,
  'key-moved': mayThrow,
  'key-removed': kept,
  'key-renamed': mayThrow,
  'key-retyped': mayThrow,
  'to-embedded': mayThrow,
  'from-embedded': kept,
  'asymmetric-changed': { isRefused: true, values: 'impossible' },
} as const satisfies Readonly<Record<string, Effect>>

/** One change of one class. */
export interface Difference {
  readonly kind: keyof typeof effects
  /** The present class; the released one where it is gone. */
  readonly className: string
  /** The released class, where it went by another name. */
  readonly fromClass?: string
  /** The released property. */
  readonly from?: SchemaProperty
  /** The present property. */
  readonly to?: SchemaProperty
}

const presentClasses = new WeakMap<RealmClass, SchemaClass>()
const releasedClasses = new WeakMap<object, SchemaClass>()

/** A present class. */
export function presentClass(one: RealmClass): SchemaClass {
  const known = presentClasses.get(one) ?? readPresent(one)
  presentClasses.set(one, known)
  return known
}

/** A class of a snapshot. */
export function releasedClass(entity: Snapshot['entities'][number]): SchemaClass {
  const known = releasedClasses.get(entity) ?? readReleased(entity)
  releasedClasses.set(entity, known)
  return known
}

function readPresent(one: RealmClass): SchemaClass {
  const all = [...one.properties.values()]
  const isClear =
    one.complete &&
    one.dropped.length === 0 &&
    all.every(property => property.shape && !property.unclear) &&
    (one.primaryKeyEntry === undefined || one.primaryKey !== undefined) &&
    ['embedded', 'asymmetric'].every(name => (one.entries.get(name)?.value.value.kind ?? 'boolean') === 'boolean')
  const key = one.primaryKey?.text
  return {
    name: one.name.text,
    isClear,
    key: all.find(property => property.name.text === key)?.persisted.text,
    embedded: one.embedded,
    asymmetric: one.asymmetric,
    properties: byPersisted(all.map(presentProperty)),
  }
}

const presentProperty = ({ name, persisted, shape, default: value }: Property): SchemaProperty => ({
  name: name.text,
  persisted: persisted.text,
  shape,
  hasDefault: value !== undefined,
})

function readReleased(entity: Snapshot['entities'][number]): SchemaClass {
  const all = entity.fields.map(
    (field): SchemaProperty => ({
      name: field.name,
      persisted: field.mapTo ?? field.name,
      shape: shapeOfField(field),
      hasDefault: field.default ?? false,
    }),
  )
  return {
    name: entity.name,
    isClear: entity.complete && all.every(property => property.shape),
    key: all.find(property => property.name === entity.primaryKey)?.persisted,
    embedded: entity.embedded ?? false,
    asymmetric: entity.asymmetric ?? false,
    properties: byPersisted(all),
  }
}

const byPersisted = (all: readonly SchemaProperty[]): ReadonlyMap<string, SchemaProperty> =>
  new Map(all.filter(one => one.shape?.kind !== 'linkingObjects').map(one => [one.persisted, one]))

/** True for types between which Realm converts nothing; optional or not is another matter. */
export const sameType = (a: PropertyShape, b: PropertyShape): boolean =>
  a.kind === b.kind && a.element === b.element && a.target === b.target

/** The changes of a class that is in both schemas. What is not known in one of them is not compared. */
export function differencesOf(before: SchemaClass, now: SchemaClass): readonly Difference[] {
  const isSure = before.isClear && now.isClear
  const className = now.name
  const removed = isSure ? [...before.properties.values()].filter(one => !now.properties.has(one.persisted)) : []
  const added = isSure ? [...now.properties.values()].filter(one => !before.properties.has(one.persisted)) : []
  const key = isSure ? keyDifference(before, now, removed, added) : undefined
  const isOfKey = (one: SchemaProperty): boolean =>
    key?.kind === 'key-renamed' ? one === key.from || one === key.to : one.persisted === now.key
  const pairs = pairRenames(
    removed.filter(one => !isOfKey(one)),
    added.filter(one => !isOfKey(one)),
  )
  const isPaired = (one: SchemaProperty): boolean =>
    pairs.some(pair => pair.from === one || pair.to === one) || (key?.kind === 'key-renamed' && isOfKey(one))
  return [
    ...(key ? [key] : []),
    ...pairs.map((pair): Difference => ({ kind: 'property-renamed', className, ...pair })),
    ...removed.filter(one => !isPaired(one)).map((from): Difference => ({ kind: 'property-removed', className, from })),
    ...added.filter(one => !isPaired(one)).map((to): Difference => ({ kind: 'property-added', className, to })),
    ...[...now.properties.values()].flatMap(to => {
      const from = before.properties.get(to.persisted)
      const kind = from && changeOf(from, to, isSure && before.key === to.persisted && now.key === to.persisted)
      return kind ? [{ kind, className, from, to }] : []
    }),
    ...(isSure ? tableDifferences(before, now) : []),
  ]
}

function changeOf(from: SchemaProperty, to: SchemaProperty, isKey: boolean): Difference['kind'] | undefined {
  if (!from.shape || !to.shape) return undefined
  if (!sameType(from.shape, to.shape)) return isKey ? 'key-retyped' : 'type-changed'
  if (from.shape.optional === to.shape.optional) return undefined
  return to.shape.optional ? 'made-optional' : 'made-required'
}

function keyDifference(
  before: SchemaClass,
  now: SchemaClass,
  removed: readonly SchemaProperty[],
  added: readonly SchemaProperty[],
): Difference | undefined {
  if (before.key === now.key) return undefined
  const className = now.name
  const from = before.key === undefined ? undefined : before.properties.get(before.key)
  const to = now.key === undefined ? undefined : now.properties.get(now.key)
  if (!to) return from && { kind: 'key-removed', className, from }
  if (!from) return { kind: 'key-added', className, to }
  const isRenamed = removed.includes(from) && added.includes(to)
  return { kind: isRenamed ? 'key-renamed' : 'key-moved', className, from, to }
}

function tableDifferences(before: SchemaClass, now: SchemaClass): readonly Difference[] {
  const className = now.name
  if (before.asymmetric !== now.asymmetric) return [{ kind: 'asymmetric-changed', className }]
  if (before.embedded === now.embedded) return []
  return [{ kind: now.embedded ? 'to-embedded' : 'from-embedded', className }]
}
