// Rows that were there before the sync was, or that the app wrote past it: the server has never been told of them.
import type { Adopting } from './adopting-transport.ts'
import { nextStamps } from './sqlite-hlc.ts'
import type { Sql, SqlDatabase } from './sqlite-store.ts'
import { idOfRow, parentsOf, readRow, type SyncedTable, untoldKeys } from './sqlite-tables.ts'
import type { EntityRef, Gather, NewOperation } from './types.ts'

export interface SqliteAdoptionOptions<Tx> {
  readonly database: SqlDatabase<Tx>
  readonly userId: string
  readonly now: () => number
  /** Parents before their children. */
  readonly tables: readonly SyncedTable[]
  readonly sqlOf: (tx: Tx) => Sql
  /** So many operations the outbox takes. */
  readonly maxOps: number
  readonly enqueueAll: (gather: Gather<Tx>) => Promise<number>
}

export interface SqliteAdoption extends Adopting {
  /** True while there are rows that the server was never told of, and that no operation tells it of. */
  hasUntold(): Promise<boolean>
}

/** Has a portion of the rows sent that the server was never told of: as new ones, parents before their children. */
export function createSqliteAdoption<Tx>(options: SqliteAdoptionOptions<Tx>): SqliteAdoption {
  const { database, userId, tables } = options

  /** How many more may wait. Half of the outbox is the person's own, also where the server refuses all that is adopted. */
  async function portionLeft(sql: Sql, room: number): Promise<number> {
    const [row] = await sql.query("SELECT count(*) AS n FROM outbox WHERE user_id = ? AND state = 'pending'", [userId])
    return Math.min(portion - Number(row?.['n']), room - Math.floor(options.maxOps / 2))
  }

  async function hasUntold(): Promise<boolean> {
    for (const table of tables) if ((await untoldKeys(database, table, 1)).length > 0) return true
    return false
  }

  return {
    hasUntold,
    adoptAll: async () => {
      // Mostly there is nothing, and a look at it needs no transaction.
      if (!(await hasUntold())) return
      await options.enqueueAll(async (tx, room) => {
        const sql = options.sqlOf(tx)
        const most = await portionLeft(sql, room)
        const creates: NewOperation[] = []
        for (const table of tables) {
          if (creates.length >= most) break
          const refs: EntityRef[] = []
          for (const key of await untoldKeys(sql, table, most - creates.length)) {
            const entityId = await idOfRow(sql, table, key)
            if (entityId !== null) refs.push({ entity: table.entity, entityId })
          }
          creates.push(...(await createsOf(sql, tables, refs, creates)))
        }
        return stamped(sql, options, creates.slice(0, Math.max(0, most)))
      })
    },
  }
}

/**
 * What must be sent so that the server knows the records: those among them that it was never told of, each behind those
 * that it refers to. Those that refer to each other in a circle cannot all come first. `known` are on their way already.
 */
export async function createsOf(
  sql: Sql,
  tables: readonly SyncedTable[],
  refs: readonly EntityRef[],
  known: readonly NewOperation[] = [],
): Promise<readonly NewOperation[]> {
  const seen = new Set(known.map(keyOf))
  const creates: NewOperation[] = []
  const visit = async (ref: EntityRef): Promise<void> => {
    const table = tables.find(one => one.entity === ref.entity)
    if (table === undefined || seen.has(keyOf(ref))) return
    seen.add(keyOf(ref))
    if (await isTold(sql, ref)) return
    const payload = await readRow(sql, table, ref.entityId)
    if (payload === null) return
    const dependsOn = parentsOf(table, payload)
    for (const parent of dependsOn) await visit(parent)
    creates.push({ entity: ref.entity, entityId: ref.entityId, kind: 'create', payload, dependsOn })
  }
  for (const ref of refs) await visit(ref)
  return creates
}

/** True for a record of which the server has told, or that an operation tells it of. */
export async function isTold(sql: Sql, { entity, entityId }: EntityRef): Promise<boolean> {
  const found = await sql.query(
    `SELECT 1 FROM sync_records WHERE entity = ? AND entity_id = ?
      UNION ALL SELECT 1 FROM outbox WHERE entity = ? AND entity_id = ? LIMIT 1`,
    [entity, entityId, entity, entityId],
  )
  return found.length > 0
}

/** The operations with their times, by the clock of this device. */
export async function stamped(
  sql: Sql,
  about: { readonly userId: string; readonly now: () => number },
  operations: readonly NewOperation[],
): Promise<readonly NewOperation[]> {
  const stamps = await nextStamps(sql, about.userId, about.now, operations.length)
  return operations.map((operation, index) => ({ ...operation, stamp: stamps[index] ?? null }))
}

/** So many may wait: the person's own edits wait behind them, and each run that follows takes more. */
const portion = 200

const keyOf = ({ entity, entityId }: EntityRef): string => JSON.stringify([entity, entityId])
