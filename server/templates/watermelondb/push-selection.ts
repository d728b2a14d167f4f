// Chooses from all local changes those that are sent now.
import type { RejectedRecord } from './rejected-records.ts'
import type { IdsByTable } from './remote-deletions.ts'
import { unmarked } from './resolve-record.ts'
import type { SyncedTables } from './synced-tables.ts'
import type { Changes, Row } from './types.ts'

/** Local changes as WatermelonDB hands them over. */
export type LocalChanges = Readonly<
  Record<
    string,
    {
      readonly created: readonly Readonly<Record<string, unknown>>[]
      readonly updated: readonly Readonly<Record<string, unknown>>[]
      readonly deleted: readonly string[]
    }
  >
>

export interface SelectionOptions {
  readonly tables: SyncedTables
  /** Records that wait for a person. */
  readonly open: IdsByTable
  readonly rejected: readonly RejectedRecord[]
  /** Records that the server has deleted: an edit of them creates them anew. */
  readonly deletedRemotely: IdsByTable
  readonly max: number
}

export interface Selection {
  readonly changes: Changes
  readonly count: number
  /** What stays dirty for now. */
  readonly left: IdsByTable
  /** True when records were left only because there are too many for one request. */
  readonly isMore: boolean
}

export function selectForPush(local: LocalChanges, options: SelectionOptions): Selection {
  const changes: Record<string, { created: Row[]; updated: Row[]; deleted: string[] }> = {}
  const left: Record<string, string[]> = {}
  let count = 0
  let isMore = false
  const refusedRows = new Map(options.rejected.map(one => [`${one.table}/${one.id}`, one.sent]))

  const mayGo = (table: string, id: string, row: Row | null): boolean => {
    const refused = refusedRows.get(`${table}/${id}`)
    const isRefused = refused !== undefined && JSON.stringify(refused) === JSON.stringify(row)
    const isHeld = isRefused || options.open[table]?.includes(id) === true
    const isTooMany = count >= options.max
    if (isTooMany && !isHeld) isMore = true
    if (isHeld || isTooMany) {
      left[table] = [...(left[table] ?? []), id]
      return false
    }
    count += 1
    return true
  }

  for (const table of Object.keys(options.tables)) {
    const one = local[table]
    if (one === undefined) continue
    const mine = { created: [] as Row[], updated: [] as Row[], deleted: [] as string[] }
    changes[table] = mine
    for (const raw of [...one.created, ...one.updated]) {
      const row = unmarked(raw)
      if (!mayGo(table, row.id, row)) continue
      const isNew = raw['_status'] === 'created' || options.deletedRemotely[table]?.includes(row.id) === true
      if (isNew) mine.created.push(row)
      else mine.updated.push(row)
    }
    mine.deleted.push(...one.deleted.filter(id => mayGo(table, id, null)))
  }
  // Tables that are not synced keep their marks, in case they are synced one day.
  for (const [table, one] of Object.entries(local))
    if (!Object.hasOwn(options.tables, table))
      left[table] = [...[...one.created, ...one.updated].map(raw => String(raw['id'])), ...one.deleted]
  return { changes, count, left, isMore }
}
