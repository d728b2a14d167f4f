// Brings the server's answers into the app's objects. Each step may be repeated after a crash.
import type { EntityRef, JsonObject, LocalData, OutboxOp, SendResult } from '../sync/types.ts'
import { doubt } from './doubts.ts'
import { baseOf } from './object-marks.ts'
import { opsOfRecord } from './realm-store.ts'
import { fieldsOf, type RecordOptions, without, writeFields } from './record-marks.ts'

export interface RealmLocalDataOptions extends RecordOptions {
  readonly userId: string
  readonly now: () => number
}

export function createRealmLocalData(options: RealmLocalDataOptions): LocalData {
  const { realm, serialisers, classes, states, userId, now } = options
  const othersOf = (op: OutboxOp) => opsOfRecord(realm, userId, op).filter(one => one.id !== op.id)
  const inWrite = (ref: EntityRef, work: () => void) => {
    if (classes.includes(ref.entity)) realm.write(work)
  }

  function delivered(op: OutboxOp, { version = null, values }: SendResult): void {
    const row = serialisers.find(op.entity, op.entityId)
    if (row === null) return
    // A record that has a version after its deletion was made anew by another device.
    if (op.kind === 'delete' && version === null && row['_version'] === op.baseVersion) return
    // When something was pulled since the operation was made, this may be the answer to a repeated one: only the record
    // that came with it, or the server, tells what is right.
    const isNext = row['_version'] === op.baseVersion
    const isWhole = row['_version'] === version && values !== undefined
    if (op.kind === 'delete' || version === null || !(isNext || isWhole)) {
      doubt(states, op)
      return
    }
    const others = othersOf(op)
    row['_version'] = version
    if (others.length > 0) row['_base'] = JSON.stringify({ ...baseOf(row), ...op.payload, ...values })
    writeFields(options, op, without(values ?? {}, fieldsOf(others)))
  }

  function settled(op: OutboxOp, values: JsonObject | null, version: string | null): void {
    const row = serialisers.find(op.entity, op.entityId)
    if (values === null) {
      // It is removed when its operation has left the outbox.
      if (row === null) return
      row['_deletedAt'] ??= new Date(now())
      row['_version'] = version
      return
    }
    const others = othersOf(op)
    writeFields(options, op, row === null ? values : without(values, fieldsOf(others)))
    const written = serialisers.find(op.entity, op.entityId)
    if (written === null) return
    written['_version'] = version
    if (!others.some(one => one.kind === 'delete')) written['_deletedAt'] = null
  }

  return {
    delivered: async (op, result) => inWrite(op, () => delivered(op, result)),
    settled: async (op, values, version) => inWrite(op, () => settled(op, values, version)),
    discarded: async op => inWrite(op, () => doubt(states, op)),
  }
}
