// The one set of changes that is on its way to the server, kept until the pull after it.
import type { Database } from '@nozbe/watermelondb'
import type { Rejections } from './answers.ts'
import type { Changes, Row } from './types.ts'

/**
 * Changes are stored with their key before they are sent: after a crash or a lost answer the very same are sent again
 * with the same key, so that the server applies them once. When the server has taken them they stay for one more pull,
 * which brings them back: what is equal to them then is no edit of ours any more.
 */
export interface PushAttempt {
  readonly key: string
  readonly lastPulledAt: number
  readonly changes: Changes
  readonly isAcknowledged: boolean
}

export interface AttemptStore {
  read(): Promise<PushAttempt | null>
  write(attempt: PushAttempt): Promise<void>
  clear(): Promise<void>
}

const key = 'sync.attempt'

export function createAttemptStore(database: Database): AttemptStore {
  return {
    read: async () => (await database.localStorage.get<PushAttempt>(key)) ?? null,
    write: attempt => database.localStorage.set(key, attempt),
    clear: () => database.localStorage.remove(key),
  }
}

/** The attempt as the server has taken it. */
export function acknowledged(attempt: PushAttempt, rejections: Rejections): PushAttempt {
  const changes = Object.entries(attempt.changes).map(([table, { created, updated, deleted }]) => {
    const refused = new Set(rejections[table]?.map(one => one.id))
    const taken = (row: Row) => !refused.has(row.id)
    return [
      table,
      {
        created: created.filter(taken),
        updated: updated.filter(taken),
        deleted: deleted.filter(id => !refused.has(id)),
      },
    ] as const
  })
  return { ...attempt, changes: Object.fromEntries(changes), isAcknowledged: true }
}

/**
 * Finds the record as the server has last taken it from this device. With `remote`, the server's record as it is now,
 * a set without an answer counts as well where it shows there: then the server has taken it.
 */
export type SentRow = (table: string, id: string, remote?: Row) => Row | undefined

export function sentRows(attempt: PushAttempt | null): SentRow {
  const rows = new Map<string, Row>()
  for (const [table, { created, updated }] of Object.entries(attempt?.changes ?? {}))
    for (const row of [...created, ...updated]) rows.set(`${table}/${row.id}`, row)
  return (table, id, remote) => {
    const row = rows.get(`${table}/${id}`)
    if (row === undefined || attempt?.isAcknowledged) return row
    const isThere = remote !== undefined && Object.keys(row).every(name => row[name] === remote[name])
    return isThere ? row : undefined
  }
}
