// A server in memory for tests, and the line to it with the faults of a bad day.
import type { Remote } from '../sync/remote.ts'
import { TransportError } from '../sync/transport-error.ts'
import type { EntityRef, JsonObject, OutboxOp, RemoteRecord } from '../sync/types.ts'

/** What becomes of a request. A hanging one is never answered. */
export type Fate = 'fine' | 'unavailable' | 'lost request' | 'lost answer' | 'hang'

export interface FakeServer {
  readonly remote: Remote
  /** Decides about each request. */
  fate: () => Fate
  /** How often each idempotency key was applied. */
  readonly applied: Map<string, number>
  record(entity: string, id: string): JsonObject | null
  /** Another device changes a record. */
  edit(entity: string, id: string, values: JsonObject): void
  /** Another device deletes one. */
  remove(entity: string, id: string): void
}

interface Row {
  readonly ref: EntityRef
  readonly values: JsonObject | null
  readonly version: number
}

export function createFakeServer(): FakeServer {
  const rows = new Map<string, Row>()
  const applied = new Map<string, number>()
  let version = 0

  function write(ref: EntityRef, values: JsonObject | null): Row {
    version += 1
    const row = { ref: { entity: ref.entity, entityId: ref.entityId }, values, version }
    rows.set(keyOf(ref), row)
    return row
  }

  function apply(op: OutboxOp): RemoteRecord | null {
    const row = rows.get(keyOf(op))
    if (applied.has(op.id)) return remoteOf(row)
    if (op.kind !== 'create' && !row?.values) throw new TransportError('Gone.', { status: 404 })
    if (op.kind === 'create' && row?.values) throw new TransportError('It exists.', { status: 409 })
    if (op.kind !== 'create' && op.baseVersion !== null && op.baseVersion !== String(row?.version))
      throw new TransportError('It has changed.', { status: 412 })
    applied.set(op.id, (applied.get(op.id) ?? 0) + 1)
    if (op.kind === 'delete') return remoteOf(write(op, null))
    return remoteOf(write(op, { ...row?.values, ...op.payload }))
  }

  async function over<T>(answer: () => T): Promise<T> {
    const fate = server.fate()
    if (fate === 'hang') return new Promise<never>(() => undefined)
    if (fate === 'unavailable') throw new TransportError('Later.', { status: 503 })
    if (fate === 'lost request') throw new TypeError('Network request failed')
    const given = answer()
    if (fate === 'lost answer') throw new TypeError('Network request failed')
    return given
  }

  const server: FakeServer = {
    fate: () => 'fine',
    applied,
    record: (entity, entityId) => rows.get(keyOf({ entity, entityId }))?.values ?? null,
    edit: (entity, entityId, values) => {
      const ref = { entity, entityId }
      write(ref, { ...rows.get(keyOf(ref))?.values, ...values })
    },
    remove: (entity, entityId) => void write({ entity, entityId }, null),
    remote: {
      send: op =>
        over(() => {
          const record = apply(op)
          return record === null ? {} : { version: record.version, values: record.values }
        }),
      fetchRemote: ref => over(() => remoteOf(rows.get(keyOf(ref)))),
      fetchPage: checkpoint => over(() => pageAfter(Number(checkpoint ?? 0))),
    },
  }

  function pageAfter(since: number) {
    const later = [...rows.values()].filter(row => row.version > since)
    const changes: Record<
      string,
      { upserted: { id: string; version: string; values: JsonObject }[]; deleted: string[] }
    > = {}
    for (const { ref, values, version: own } of later) {
      const found = changes[ref.entity] ?? { upserted: [], deleted: [] }
      changes[ref.entity] = found
      if (values === null) found.deleted.push(ref.entityId)
      else found.upserted.push({ id: ref.entityId, version: String(own), values })
    }
    return { changes, checkpoint: String(version), hasMore: false }
  }

  return server
}

function remoteOf(row: Row | undefined): RemoteRecord | null {
  if (row === undefined || row.values === null) return null
  return { values: row.values, version: String(row.version), stamp: null }
}

function keyOf(ref: EntityRef): string {
  return JSON.stringify([ref.entity, ref.entityId])
}
