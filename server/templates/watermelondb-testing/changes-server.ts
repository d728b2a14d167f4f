// A server in memory for tests, as the contract asks for it, and the line to it with the faults of a bad day.

import { TransportError } from '../sync/transport-error.ts'
import type { JsonObject } from '../sync/types.ts'
import type { PullRequest, PushRequest, SyncTransport } from '../watermelondb/types.ts'

/** What becomes of a request. A hanging one is never answered. */
export type Fate = 'fine' | 'unavailable' | 'lost request' | 'lost answer' | 'hang'

export interface FakeServer {
  readonly remote: SyncTransport
  /** Decides about each request. */
  fate: () => Fate
  /** How often each set of changes was applied, by its key. */
  readonly applied: Map<string, number>
  /** How often each record was written by a device, by table and id: `tasks/r1`. */
  readonly writes: Map<string, number>
  record(table: string, id: string): JsonObject | null
  /** Another device changes a record. */
  edit(table: string, id: string, values: JsonObject): void
  /** Another device deletes one. */
  remove(table: string, id: string): void
}

interface Stored {
  readonly table: string
  readonly id: string
  readonly values: JsonObject | null
  readonly at: number
}

export function createFakeServer(): FakeServer {
  const rows = new Map<string, Stored>()
  const applied = new Map<string, number>()
  const writes = new Map<string, number>()
  let time = 1

  const keyOf = (table: string, id: string) => `${table}/${id}`
  const write = (table: string, id: string, values: JsonObject | null) =>
    void rows.set(keyOf(table, id), { table, id, values, at: time })

  function pull({ lastPulledAt }: PullRequest): object {
    const changes: Record<string, { created: JsonObject[]; updated: JsonObject[]; deleted: string[] }> = {}
    for (const { table, id, values } of [...rows.values()].filter(row => row.at > (lastPulledAt ?? 0))) {
      const one = changes[table] ?? { created: [], updated: [], deleted: [] }
      changes[table] = one
      if (values === null) one.deleted.push(id)
      else one.updated.push(values)
    }
    return { changes, timestamp: time }
  }

  function push({ key, lastPulledAt, changes }: PushRequest): object {
    if (applied.has(key)) return {}
    const sets = Object.entries(changes)
    const touched = sets.flatMap(([table, one]) =>
      [...[...one.created, ...one.updated].map(row => String(row['id'])), ...one.deleted].map(id => keyOf(table, id)),
    )
    if (touched.some(name => (rows.get(name)?.at ?? 0) > lastPulledAt))
      throw new TransportError('It has changed.', { status: 409 })
    time += 1
    applied.set(key, 1)
    for (const name of touched) writes.set(name, (writes.get(name) ?? 0) + 1)
    for (const [table, one] of sets) {
      for (const row of [...one.created, ...one.updated]) write(table, String(row['id']), row)
      for (const id of one.deleted) if (rows.has(keyOf(table, id))) write(table, id, null)
    }
    return {}
  }

  async function over(answer: () => object): Promise<object> {
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
    writes,
    record: (table, id) => rows.get(keyOf(table, id))?.values ?? null,
    edit: (table, id, values) => {
      time += 1
      write(table, id, { ...rows.get(keyOf(table, id))?.values, ...values, id })
    },
    remove: (table, id) => {
      time += 1
      write(table, id, null)
    },
    remote: {
      pull: request => over(() => pull(request)),
      push: request => over(() => push(request)),
    },
  }
  return server
}
