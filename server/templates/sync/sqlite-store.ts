// The outbox in the app's SQLite database, so that an operation is stored in the same transaction as the data.
import type { Commit, Counts, OutboxRows, OutboxStore } from './outbox-store.ts'
import { auditEntryOf, operationOf, type SqlRow, textOf } from './sqlite-rows.ts'
import { syncTables } from './sqlite-schema.ts'
import type { EntityRef, OutboxOp } from './types.ts'

export type SqlValue = string | number | null

/** A connection: the database itself, or a transaction on it. */
export interface Sql {
  /** Runs one statement and gives its rows. */
  query(statement: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]>
}

export interface SqlDatabase<Tx> extends Sql {
  /** Runs `work` in an exclusive transaction: no other write joins it, and it is rolled back when `work` throws. */
  transaction<T>(work: (sql: Sql, tx: Tx) => Promise<T>): Promise<T>
}

export interface SqliteStoreOptions<Tx> {
  readonly database: SqlDatabase<Tx>
  readonly userId: string
  readonly now: () => number
  /** Lines of the audit log are kept this long. */
  readonly keepAuditMs?: number
  /** Statements that make what else the layer has in the database, safe to repeat. */
  readonly statements?: readonly string[]
}

const isBlocked = `EXISTS (
    SELECT 1 FROM outbox e
    WHERE e.entity = o.entity AND e.entity_id = o.entity_id AND e.seq < o.seq AND e.user_id = o.user_id
      AND (e.state <> 'dead' OR e.op = 'create'))
  OR EXISTS (
    SELECT 1 FROM json_each(o.depends_on) d
    JOIN outbox e ON e.entity = json_extract(d.value, '$.entity') AND e.entity_id = json_extract(d.value, '$.entityId')
    WHERE e.seq < o.seq AND e.user_id = o.user_id AND (e.state <> 'dead' OR e.op = 'create'))`

const claimNext = `UPDATE outbox SET state = 'inflight', attempts = attempts + 1, sent_at = coalesce(sent_at, ?)
  WHERE seq = (
    SELECT o.seq FROM outbox o
    WHERE o.user_id = ? AND o.state = 'pending' AND o.next_at <= ? AND NOT (${isBlocked})
    ORDER BY o.next_at, o.seq LIMIT 1)
  RETURNING *`

const earliest = `SELECT o.next_at AS at FROM outbox o
  WHERE o.user_id = ? AND o.state = 'pending' AND NOT (${isBlocked})
  ORDER BY o.next_at, o.seq LIMIT 1`

const columns = [
  'id',
  'user_id',
  'entity',
  'entity_id',
  'op',
  'payload',
  'base_version',
  'base',
  'depends_on',
  'stamp',
  'state',
  'attempts',
  'next_at',
  'sent_at',
  'last_error',
  'remote',
  'schema_version',
  'created_at',
] as const

const insertOp = `INSERT INTO outbox (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) RETURNING *`
const updateOp = `UPDATE outbox SET ${columns.map(column => `${column} = ?`).join(', ')} WHERE seq = ?`

export function createSqliteStore<Tx>(options: SqliteStoreOptions<Tx>): OutboxStore<Tx> {
  const { database, userId } = options
  return {
    ...rowsOver(database, userId),
    open: async () => {
      for (const statement of [...syncTables, ...(options.statements ?? [])]) await database.query(statement, [])
      await database.query("UPDATE outbox SET state = 'pending' WHERE user_id = ? AND state = 'inflight'", [userId])
      const limit = options.now() - (options.keepAuditMs ?? 90 * 24 * 60 * 60 * 1000)
      await database.query('DELETE FROM sync_audit WHERE user_id = ? AND at < ?', [userId, limit])
    },
    commit: changes => {
      const steps = stepsOf(changes, userId)
      return steps.length > 1 ? database.transaction(sql => runAll(sql, steps)) : runAll(database, steps)
    },
    transaction: work => database.transaction((sql, tx) => work(rowsOver(sql, userId), tx)),
    audit: async limit => {
      const rows = await database.query(
        'SELECT * FROM sync_audit WHERE user_id = ? ORDER BY at DESC, rowid DESC LIMIT ?',
        [userId, limit],
      )
      return rows.map(auditEntryOf)
    },
    wipe: () =>
      database.transaction(async sql => {
        await sql.query('DELETE FROM outbox WHERE user_id = ?', [userId])
        await sql.query('DELETE FROM sync_audit WHERE user_id = ?', [userId])
        await sql.query('DELETE FROM sync_state WHERE scope LIKE ?', [`${userId}:%`])
      }),
  }
}

function rowsOver(sql: Sql, userId: string): OutboxRows {
  const ops = async (where: string, values: readonly SqlValue[]) =>
    (
      await sql.query(`SELECT o.* FROM outbox o WHERE o.user_id = ? AND ${where} ORDER BY o.seq`, [userId, ...values])
    ).map(operationOf)
  return {
    insert: async op => {
      const [row] = await sql.query(insertOp, valuesOf(op))
      if (row === undefined) throw new Error('The outbox gave no row back.')
      return operationOf(row)
    },
    commit: changes => runAll(sql, stepsOf(changes, userId)),
    claim: async now => {
      const [row] = await sql.query(claimNext, [now, userId, now])
      return row === undefined ? null : operationOf(row)
    },
    nextAt: async () => {
      const [row] = await sql.query(earliest, [userId])
      return row === undefined ? null : Number(row['at'])
    },
    find: async id => (await ops('o.id = ?', [id]))[0] ?? null,
    inState: state => ops('o.state = ?', [state]),
    unfinished: ref => ops("o.entity = ? AND o.entity_id = ? AND o.state <> 'dead'", [ref.entity, ref.entityId]),
    dependants: ref => ops(`o.state <> 'dead' AND ${isNamedIn('o.depends_on')}`, [ref.entity, ref.entityId]),
    counts: async () => {
      const rows = await sql.query('SELECT state, count(*) AS n FROM outbox WHERE user_id = ? GROUP BY state', [userId])
      const counts = Object.fromEntries(rows.map(row => [String(row['state']), Number(row['n'])]))
      return { pending: 0, inflight: 0, conflict: 0, dead: 0, ...counts } satisfies Counts
    },
  }
}

function isNamedIn(column: string): string {
  return `EXISTS (SELECT 1 FROM json_each(${column}) d
    WHERE json_extract(d.value, '$.entity') = ? AND json_extract(d.value, '$.entityId') = ?)`
}

type Step = readonly [statement: string, values: readonly SqlValue[]]

function stepsOf(changes: Commit, userId: string): readonly Step[] {
  const { audit } = changes
  return [
    ...(changes.put ?? []).map((op): Step => [updateOp, [...valuesOf(op), op.seq]]),
    ...(changes.remove ?? []).map((op): Step => ['DELETE FROM outbox WHERE seq = ?', [op.seq]]),
    ...(audit === undefined
      ? []
      : [
          [
            'INSERT INTO sync_audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
            [
              audit.at,
              userId,
              audit.entity,
              audit.entityId,
              audit.strategy,
              textOf(audit.local),
              textOf(audit.remote),
              textOf(audit.base),
              textOf(audit.resolved),
              audit.actor,
            ],
          ] satisfies Step,
        ]),
  ]
}

async function runAll(sql: Sql, steps: readonly Step[]): Promise<void> {
  for (const [statement, values] of steps) await sql.query(statement, values)
}

function valuesOf(op: Omit<OutboxOp, 'seq'> & EntityRef): readonly SqlValue[] {
  return [
    op.id,
    op.userId,
    op.entity,
    op.entityId,
    op.kind,
    JSON.stringify(op.payload),
    op.baseVersion,
    textOf(op.base),
    JSON.stringify(op.dependsOn),
    op.stamp,
    op.state,
    op.attempts,
    op.nextAt,
    op.sentAt,
    op.lastError,
    textOf(op.remote),
    op.schemaVersion,
    op.createdAt,
  ]
}
