// The server of the contract: it keeps the records of one user, their versions, the keys that it has seen, and a diary.

export type Value = string | number | boolean | null | object
export type ServerRow = { id: string; [column: string]: Value }

export interface ChangeSet {
  readonly created: readonly ServerRow[]
  readonly updated: readonly ServerRow[]
  readonly deleted: readonly string[]
}

export interface PullArguments {
  readonly lastPulledAt: number | null
  readonly migration: {
    readonly tables: readonly string[]
    readonly columns: readonly { readonly table: string }[]
  } | null
}

export interface PushArguments {
  readonly key: string | undefined
  readonly lastPulledAt: number
  readonly changes: Readonly<Record<string, ChangeSet>>
}

export interface Rejected {
  readonly id: string
  readonly reason: string
  readonly record: ServerRow | null
}

export class ConflictError extends Error {}

/** Something in the set is wrong, and the server does not say what. */
export class RefusedError extends Error {}

interface Stored {
  row: ServerRow
  readonly createdAt: number
  changedAt: number
  deletedAt: number | null
}

export interface ChangesServer {
  pull(request: PullArguments): { changes: Record<string, ChangeSet>; timestamp: number }
  push(request: PushArguments): { rejected: Record<string, Rejected[]> }
  /** The records that are there, by table and id. */
  rows(table: string): ReadonlyMap<string, ServerRow>
  /** Every value that a column of a record has been given, in order. */
  history(table: string, id: string, column: string): readonly Value[]
  wasDeleted(table: string, id: string): boolean
  /** How many requests to push were applied, repeated ones left out. */
  readonly applied: readonly string[]
}

export function createChangesServer(tables: readonly string[]): ChangesServer {
  const stored = new Map(tables.map(table => [table, new Map<string, Stored>()]))
  const answers = new Map<string, { rejected: Record<string, Rejected[]> }>()
  const diary = new Map<string, Value[]>()
  const deletions = new Set<string>()
  const applied: string[] = []
  let time = 1

  const rowsOf = (table: string) => stored.get(table) ?? new Map<string, Stored>()

  function write(table: string, row: ServerRow): void {
    const before = rowsOf(table).get(row.id)
    const isThere = before !== undefined && before.deletedAt === null
    for (const [column, value] of Object.entries(row)) {
      // A record that comes back with its old values has not been edited.
      if (column === 'id' || (before && same(before.row[column], value))) continue
      const name = `${table}/${row.id}/${column}`
      diary.set(name, [...(diary.get(name) ?? []), value])
    }
    rowsOf(table).set(row.id, {
      row: { ...before?.row, ...row },
      createdAt: isThere ? before.createdAt : time,
      changedAt: time,
      deletedAt: null,
    })
  }

  return {
    applied,
    rows: table =>
      new Map([...rowsOf(table)].flatMap(([id, one]) => (one.deletedAt === null ? [[id, one.row] as const] : []))),
    history: (table, id, column) => diary.get(`${table}/${id}/${column}`) ?? [],
    wasDeleted: (table, id) => deletions.has(`${table}/${id}`),
    pull: ({ lastPulledAt, migration }) => {
      const since = lastPulledAt ?? 0
      const anew = new Set([...(migration?.tables ?? []), ...(migration?.columns.map(one => one.table) ?? [])])
      const changes = tables.map(table => {
        const all = [...rowsOf(table).values()]
        const present = all.filter(one => one.deletedAt === null && (one.changedAt > since || anew.has(table)))
        return [
          table,
          {
            created: present.filter(one => one.createdAt > since).map(one => one.row),
            updated: present.filter(one => one.createdAt <= since).map(one => one.row),
            deleted: all.filter(one => (one.deletedAt ?? 0) > since).map(one => one.row.id),
          },
        ] as const
      })
      return { changes: Object.fromEntries(changes), timestamp: time }
    },
    push: ({ key, lastPulledAt, changes }) => {
      const known = key === undefined ? undefined : answers.get(key)
      if (known) return known
      for (const [table, one] of Object.entries(changes)) {
        const ids = [...one.created, ...one.updated].map(row => row.id)
        for (const id of [...ids, ...one.deleted]) {
          const there = rowsOf(table).get(id)
          if (there && Math.max(there.changedAt, there.deletedAt ?? 0) > lastPulledAt) throw new ConflictError(id)
        }
      }
      time += 1
      const rejected: Record<string, Rejected[]> = {}
      const refuse = (table: string, id: string, reason: string) => {
        const there = rowsOf(table).get(id)
        const record = there && there.deletedAt === null ? there.row : null
        rejected[table] = [...(rejected[table] ?? []), { id, reason, record }]
      }
      for (const [table, one] of Object.entries(changes)) {
        for (const row of one.created) {
          if (isPoison(row)) refuse(table, row.id, 'poison')
          else write(table, row)
        }
        for (const row of one.updated) {
          const there = rowsOf(table).get(row.id)
          if (isPoison(row)) refuse(table, row.id, 'poison')
          else if (!there || there.deletedAt !== null) refuse(table, row.id, 'gone')
          else write(table, row)
        }
        for (const id of one.deleted) {
          const there = rowsOf(table).get(id)
          if (!there || there.deletedAt !== null) continue
          there.deletedAt = time
          deletions.add(`${table}/${id}`)
        }
      }
      applied.push(JSON.stringify(changes))
      const answer = { rejected }
      if (key !== undefined) answers.set(key, answer)
      return answer
    },
  }
}

/** What this server refuses, as a real one refuses what breaks a rule of its own. */
export function isPoison(row: ServerRow): boolean {
  return typeof row['title'] === 'string' && row['title'].startsWith('poison')
}

function same(one: Value | undefined, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
