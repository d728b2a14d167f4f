// The marks on the app's objects, which follow from the outbox: what is not confirmed, and what it was made on.
import type { EntityRef, JsonObject, OutboxOp } from '../sync/types.ts'
import { doubt } from './doubts.ts'
import { deleteObject, type LinkOptions } from './missing-links.ts'
import { baseOf } from './object-marks.ts'
import { keepLink, putObject } from './put-object.ts'
import type { RecordChange, RecordMarks } from './realm-store.ts'
import type { RealmRow } from './realm-types.ts'
import type { SyncStates } from './sync-states.ts'

export interface RecordOptions extends LinkOptions {
  readonly states: SyncStates
}

export function createRecordMarks(options: RecordOptions): RecordMarks {
  const { realm, serialisers, classes } = options
  return {
    changed: change => {
      if (!classes.includes(change.ref.entity)) return
      const row = serialisers.find(change.ref.entity, change.ref.entityId)
      if (row === null) return
      const isGone = takeBack(options, row, change)
      if (!isGone && change.left.length === 0) settle(options, row, change)
      else if (!isGone) mark(row, change)
    },
    forget: () => {
      for (const name of classes) {
        const unsent = realm.objects(name).filtered('_dirtyFields.@count > 0 OR _deletedAt != null')
        for (const row of [...unsent]) {
          if (row['_version'] === null) realm.delete(row)
          else {
            writeFields(options, { entity: name, entityId: serialisers.entityIdOf(name, row) }, baseOf(row))
            clean(row)
          }
        }
      }
    },
  }
}

/** Writes some fields of an object. Within a write. */
export function writeFields(options: RecordOptions, ref: EntityRef, fields: JsonObject): void {
  const { values, missing } = options.serialisers.decode(ref.entity, fields)
  putObject(options, ref, values)
  for (const name of missing) keepLink(options, ref, name, fields[name] ?? null)
}

export function without(values: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)))
}

export function fieldsOf(ops: readonly OutboxOp[]): Set<string> {
  return new Set(ops.flatMap(op => Object.keys(op.payload)))
}

/** Undoes what was discarded: only a dead operation is taken out without the server's word. True when the object is gone. */
function takeBack(options: RecordOptions, row: RealmRow, { ref, removed, left }: RecordChange): boolean {
  const discarded = removed.filter(op => op.state === 'dead')
  if (discarded.some(op => op.kind === 'create')) {
    deleteObject(options, ref, row)
    return true
  }
  if (discarded.some(op => op.kind === 'delete')) row['_deletedAt'] = null
  const fields = fieldsOf(discarded)
  for (const name of fieldsOf(left)) fields.delete(name)
  const before = Object.entries(baseOf(row)).filter(([name]) => fields.has(name))
  if (before.length > 0) writeFields(options, ref, Object.fromEntries(before))
  return false
}

/** The server knows everything of this object: one that was deleted here can go now. */
function settle(options: RecordOptions, row: RealmRow, { ref, removed }: RecordChange): void {
  if (row['_deletedAt'] === null) {
    clean(row)
    return
  }
  // What was made and deleted here before it was sent may have been made elsewhere as well.
  if (row['_version'] !== null && removed.some(op => op.kind === 'create')) doubt(options.states, ref)
  deleteObject(options, ref, row)
}

function clean(row: RealmRow): void {
  row['_dirtyFields'] = []
  row['_base'] = null
  row['_deletedAt'] = null
}

function mark(row: RealmRow, { rebased, left }: RecordChange): void {
  row['_dirtyFields'] = [...fieldsOf(left)]
  const base = rebased.at(-1)?.base
  if (base) row['_base'] = JSON.stringify(base)
}
