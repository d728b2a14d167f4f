// The app's records in memory, for tests. What is in `kept` outlives a restart.
import type { OutboxRows } from '../sync/outbox-store.ts'
import type { RecordStore } from '../sync/remote.ts'
import type { EntityRef, JsonObject, LocalWrite, NewOperation, OutboxOp, RemoteRecord } from '../sync/types.ts'

export interface MemoryRecords extends RecordStore {
  read(ref: EntityRef): JsonObject | null
  writeOf(operation: NewOperation): LocalWrite<void>
}

interface Kept {
  readonly values: JsonObject | null
  readonly version: string | null
  readonly isDoubtful: boolean
}

export function createMemoryRecords(kept: Map<string, string>, outbox: Pick<OutboxRows, 'unfinished'>): MemoryRecords {
  const at = (ref: EntityRef): Kept => {
    const text = kept.get(keyOf(ref))
    return text === undefined ? { values: null, version: null, isDoubtful: false } : (JSON.parse(text) as Kept)
  }
  const put = (ref: EntityRef, change: Partial<Kept>) =>
    void kept.set(keyOf(ref), JSON.stringify({ ...at(ref), ...change }))
  const isEdited = async (ref: EntityRef) => (await outbox.unfinished(ref)).length > 0
  const take = async (ref: EntityRef, remote: RemoteRecord | null) => {
    if (await isEdited(ref)) put(ref, { isDoubtful: true })
    else put(ref, { values: remote?.values ?? null, version: remote?.version ?? null, isDoubtful: false })
  }
  const laterFields = async (op: OutboxOp) => {
    const later = (await outbox.unfinished(op)).filter(one => one.seq > op.seq)
    return new Set(later.flatMap(one => Object.keys(one.payload)))
  }
  const merged = async (op: OutboxOp, values: JsonObject) => {
    const later = await laterFields(op)
    const taken = Object.entries(values).filter(([name]) => !later.has(name))
    return { ...at(op).values, ...Object.fromEntries(taken) }
  }
  return {
    read: ref => at(ref).values,
    checkpoint: async () => kept.get('checkpoint') ?? null,
    apply: async page => {
      for (const [entity, { upserted, deleted }] of Object.entries(page.changes)) {
        for (const { id, values, version } of upserted)
          await take({ entity, entityId: id }, { values, version, stamp: null })
        for (const entityId of deleted) await take({ entity, entityId }, null)
      }
      kept.set('checkpoint', page.checkpoint)
    },
    doubtful: async () => {
      const refs: EntityRef[] = []
      for (const key of kept.keys()) {
        if (key === 'checkpoint') continue
        const [entity = '', entityId = ''] = JSON.parse(key) as string[]
        if (at({ entity, entityId }).isDoubtful && !(await isEdited({ entity, entityId })))
          refs.push({ entity, entityId })
      }
      return refs
    },
    put: take,
    local: {
      delivered: async (op, { values, version }) => {
        if (op.kind === 'delete') return put(op, { version: null })
        put(op, version ? { version } : { isDoubtful: true })
        if (values !== undefined && at(op).values !== null) put(op, { values: await merged(op, values) })
      },
      settled: async (op, values, version) =>
        put(op, { values: values === null ? null : await merged(op, values), version }),
      discarded: async op => put(op, { isDoubtful: true }),
    },
    writeOf: operation => async () => {
      const { values: base, version: baseVersion } = at(operation)
      put(operation, { values: operation.kind === 'delete' ? null : { ...base, ...operation.payload } })
      return { base, baseVersion }
    },
  }
}

function keyOf({ entity, entityId }: EntityRef): string {
  return JSON.stringify([entity, entityId])
}
