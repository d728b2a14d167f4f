// Writes what was pulled into Realm: a page and its checkpoint in one transaction, below what was changed here.
import { type FieldPolicies, mergeFields } from '../sync/merge.ts'
import type { PulledPage, PulledRecord } from '../sync/pull.ts'
import type { RecordStore } from '../sync/remote.ts'
import type { EntityRef, JsonObject } from '../sync/types.ts'
import { doubt, doubted, trust } from './doubts.ts'
import { deleteObject, linkWhatIsThere } from './missing-links.ts'
import { baseOf, isDirty } from './object-marks.ts'
import { keepLink, putObject } from './put-object.ts'
import { receive } from './realm-hlc.ts'
import type { RealmLocalDataOptions } from './realm-local-data.ts'
import { opsOfRecord } from './realm-store.ts'
import type { RealmRow } from './realm-types.ts'

export interface PullIntoRealmOptions extends RealmLocalDataOptions {
  /** What to do with fields that both sides have changed; the ones of the conflict strategy. */
  readonly policies?: ((className: string) => FieldPolicies | undefined) | undefined
}

export function createPullIntoRealm(options: PullIntoRealmOptions): Omit<RecordStore, 'local'> {
  const { realm, classes, states, userId, now } = options
  const isUnsent = (ref: EntityRef) => opsOfRecord(realm, userId, ref).length > 0
  return {
    checkpoint: async () => states.get('checkpoint'),
    apply: async page =>
      realm.write(() => {
        applyPage(options, page)
        const stamps = classes.flatMap(one => page.changes[one]?.upserted.flatMap(record => record.stamp ?? []) ?? [])
        const latest = stamps.sort().at(-1)
        if (latest !== undefined) receive(states, now, latest)
        states.set('checkpoint', page.checkpoint)
      }),
    doubtful: async () => doubted(states).filter(ref => !isUnsent(ref)),
    put: async (ref, remote) =>
      realm.write(() => {
        if (isUnsent(ref)) return
        if (remote === null) remove(options, ref)
        else write(options, ref, remote.values, { _version: remote.version })
        linkWhatIsThere(options)
        trust(states, ref)
      }),
  }
}

/** Objects that others link to come first, and go last. */
function applyPage(options: PullIntoRealmOptions, { changes }: PulledPage): void {
  const { classes } = options
  for (const entity of classes) for (const record of changes[entity]?.upserted ?? []) upsert(options, entity, record)
  for (const entity of [...classes].reverse())
    for (const entityId of changes[entity]?.deleted ?? []) remove(options, { entity, entityId })
  linkWhatIsThere(options)
}

function upsert(options: PullIntoRealmOptions, entity: string, { id, version, values }: PulledRecord): void {
  const { serialisers } = options
  const ref = { entity, entityId: id }
  const row = serialisers.find(entity, id)
  if (row === null || !isDirty(row)) {
    write(options, ref, values, { _version: version })
    return
  }
  if (row['_version'] === version) return
  const local = serialisers.toJson(entity, row)
  // A field that the server does not send is as it was. Of a record that was made here nothing is known before it.
  const base = row['_base'] === null ? {} : { ...local, ...baseOf(row) }
  const remote = { ...local, ...base, ...values }
  // Where both sides have changed a field ours stays, until the conflict of its own operation is decided.
  const merged = mergeFields(
    base,
    { values: local, stamp: 'unsent' },
    { values: remote, stamp: null },
    options.policies?.(entity),
  )
  write(options, ref, merged, { _version: version, _base: JSON.stringify(remote) })
}

/**
 * Our unsent changes keep a record that the server has deleted, until their own conflict is decided. The answer to one that
 * was sent before the deletion says nothing of it, so the server is asked afterwards.
 */
function remove(options: PullIntoRealmOptions, ref: EntityRef): void {
  const row = options.serialisers.find(ref.entity, ref.entityId)
  if (row === null) return
  if (isDirty(row)) doubt(options.states, ref)
  else deleteObject(options, ref, row)
}

function write(options: PullIntoRealmOptions, ref: EntityRef, fields: JsonObject, marks: RealmRow): void {
  const { values, missing } = options.serialisers.decode(ref.entity, fields)
  putObject(options, ref, { ...values, ...marks })
  for (const field of missing) keepLink(options, ref, field, fields[field] ?? null)
}
