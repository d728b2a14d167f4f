// Changes of synced objects: each writes the data, its marks and the operation for the server in one transaction.
import { isEqual } from '../sync/merge.ts'
import type { EntityRef, JsonObject, LocalWrite, NewOperation } from '../sync/types.ts'
import type { Adoption } from './adopt-objects.ts'
import { linksOf } from './links.ts'
import { isDirty } from './object-marks.ts'
import { putObject } from './put-object.ts'
import { nextStamp } from './realm-hlc.ts'
import type { RealmTx } from './realm-store.ts'
import type { RealmProperty, RealmResults, RealmRow, SyncedRealm } from './realm-types.ts'
import type { Serialisers } from './serialisers.ts'
import type { SyncStates } from './sync-states.ts'

export interface TrackedWritesOptions {
  readonly realm: SyncedRealm
  readonly serialisers: Serialisers
  readonly states: SyncStates
  readonly now: () => number
  /** Stores an operation and what belongs to it, as `enqueue` of `createSync` does. */
  readonly enqueue: (operation: NewOperation, write: LocalWrite<RealmTx>) => Promise<void>
  /** What an edit builds on is sent before it. */
  readonly adoption: Pick<Adoption, 'adopt'>
}

/** Values are given as Realm has them, or as JSON; a link also by its key. */
export interface TrackedWrites {
  /** The objects of a class, without those that are deleted and only wait for the server. */
  objects(className: string): RealmResults
  /** @throws where there is an object with this key, or a property without a value. */
  create(className: string, entityId: string, values: RealmRow): Promise<void>
  /** @throws where there is no such object. */
  update(className: string, entityId: string, values: RealmRow): Promise<void>
  delete(className: string, entityId: string): Promise<void>
}

export function createTrackedWrites(options: TrackedWritesOptions): TrackedWrites {
  const { realm, serialisers, states, now } = options

  const present = (ref: EntityRef): RealmRow | null => {
    const row = serialisers.find(ref.entity, ref.entityId)
    return row === null || row['_deletedAt'] !== null ? null : row
  }
  const needed = (ref: EntityRef): RealmRow => {
    const row = present(ref)
    if (row === null) throw new Error(`There is no ${ref.entity} with the key ${ref.entityId}.`)
    return row
  }
  /** What an edit of an object is based on, and its time. */
  const about = (ref: EntityRef, row: RealmRow | null, tx: RealmTx) => {
    const { stamp, keep } = nextStamp(states, now)
    tx(keep)
    if (row === null) return { stamp }
    return { stamp, base: serialisers.toJson(ref.entity, row), baseVersion: row['_version'] as string | null }
  }
  /** The server's record is kept at the first change that it does not know; of a record made here there is none. */
  const keepBase = (ref: EntityRef, row: RealmRow) => {
    if (row['_version'] !== null && !isDirty(row)) row['_base'] = JSON.stringify(serialisers.toJson(ref.entity, row))
  }
  const put = (ref: EntityRef, payload: JsonObject, marks: RealmRow, mode: 'all' | 'modified') => {
    const { values, missing } = serialisers.decode(ref.entity, payload)
    if (missing.length > 0) throw new Error(`${ref.entity}.${missing[0]} links to an object that is not stored.`)
    putObject(options, ref, { ...values, ...marks }, mode)
  }
  const adoptAll = async (refs: readonly EntityRef[]) => {
    for (const ref of refs) await options.adoption.adopt(ref)
  }

  return {
    objects: name => realm.objects(name).filtered('_deletedAt == null'),
    create: async (entity, entityId, values) => {
      const ref = { entity, entityId }
      const payload = complete(serialisers, entity, values)
      const own = ownValues(serialisers, entity, values)
      await adoptAll(linksOf(serialisers, entity, payload))
      await options.enqueue({ ...ref, kind: 'create', payload }, async tx => {
        if (present(ref) !== null) throw new Error(`There is a ${entity} with the key ${entityId}.`)
        // One that was deleted here and is still known to the server begins anew.
        const marks = { _version: null, _dirtyFields: Object.keys(payload), _deletedAt: null, _base: null }
        tx(() => put(ref, payload, { ...own, ...marks }, 'all'))
        return { ...about(ref, null, tx), dependsOn: linksOf(serialisers, entity, payload) }
      })
    },
    update: async (entity, entityId, values) => {
      const ref = { entity, entityId }
      const before = serialisers.toJson(entity, needed(ref))
      const own = ownValues(serialisers, entity, values)
      const changes = Object.entries(serialisers.encode(entity, without(values, Object.keys(own))))
      const payload = Object.fromEntries(changes.filter(([name, value]) => !isEqual(before[name], value)))
      if (Object.keys(payload).length === 0) {
        if (Object.keys(own).length > 0) realm.write(() => putObject(options, ref, own))
        return
      }
      await adoptAll([ref, ...linksOf(serialisers, entity, payload)])
      await options.enqueue({ ...ref, kind: 'update', payload }, async tx => {
        const row = needed(ref)
        tx(() => {
          keepBase(ref, needed(ref))
          put(ref, payload, own, 'modified')
        })
        return { ...about(ref, row, tx), dependsOn: linksOf(serialisers, entity, payload) }
      })
    },
    delete: async (entity, entityId) => {
      const ref = { entity, entityId }
      if (present(ref) === null) return
      await options.enqueue({ ...ref, kind: 'delete', payload: {} }, async tx => {
        const row = needed(ref)
        tx(() => {
          const current = present(ref)
          if (current === null) return
          keepBase(ref, current)
          current['_deletedAt'] = new Date(now())
        })
        return about(ref, row, tx)
      })
    },
  }
}

/** The whole record: what is not given has its default, or nothing. */
function complete(serialisers: Serialisers, entity: string, values: RealmRow): JsonObject {
  const { properties } = serialisers.classOf(entity)
  const defaults: RealmRow = {}
  for (const name of serialisers.sentOf(entity)) {
    const property = properties[name]
    const value = property === undefined || Object.hasOwn(values, name) ? undefined : defaultOf(property)
    if (value !== undefined) defaults[name] = value
  }
  const own = Object.keys(ownValues(serialisers, entity, values))
  return serialisers.encode(entity, { ...defaults, ...without(values, own) })
}

/** The values that stay on this device. */
function ownValues(serialisers: Serialisers, entity: string, values: RealmRow): RealmRow {
  const { properties, primaryKey } = serialisers.classOf(entity)
  const sent = serialisers.sentOf(entity)
  const isOwn = (name: string) => Object.hasOwn(properties, name) && !sent.includes(name) && name !== primaryKey
  return Object.fromEntries(Object.entries(values).filter(([name]) => isOwn(name)))
}

function without(values: RealmRow, names: readonly string[]): RealmRow {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}

/** Undefined for a property that must be given. */
function defaultOf(property: RealmProperty): unknown {
  if (property.default !== undefined)
    return typeof property.default === 'function' ? (property.default as () => unknown)() : property.default
  if (property.type === 'list' || property.type === 'set') return []
  if (property.type === 'dictionary') return {}
  return property.optional ? null : undefined
}
