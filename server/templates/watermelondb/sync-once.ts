// One run: what is new on the server comes first, then what is new here goes there.
import type { Database } from '@nozbe/watermelondb'
import { type SyncLog, synchronize } from '@nozbe/watermelondb/sync'
import { TransportError } from '../sync/transport-error.ts'
import type { Answers } from './answers.ts'
import type { AuditLog, Decision } from './audit-log.ts'
import type { ConflictBook } from './conflict-book.ts'
import { meetChanges } from './meet-changes.ts'
import { type AttemptStore, acknowledged, type PushAttempt, type SentRow, sentRows } from './push-attempt.ts'
import { type LocalChanges, selectForPush } from './push-selection.ts'
import type { RejectedRecords } from './rejected-records.ts'
import type { IdsByTable, RemoteDeletions } from './remote-deletions.ts'
import {
  type DeleteVsEdit,
  type MarkedRow,
  type RecordConflict,
  resolveRecord,
  type Strategy,
  unmarked,
} from './resolve-record.ts'
import { type SyncedTables, toWire } from './synced-tables.ts'
import type { PullRequest, PushRequest, Row } from './types.ts'

export interface SyncOnceOptions {
  readonly database: Database
  readonly tables: SyncedTables
  readonly answers: Answers
  /** Each with a time limit and with a renewed token where it is needed. */
  readonly pull: (request: PullRequest) => Promise<unknown>
  readonly push: (request: PushRequest) => Promise<unknown>
  readonly attempts: AttemptStore
  readonly deletions: RemoteDeletions
  readonly rejected: RejectedRecords
  readonly conflicts: ConflictBook | undefined
  readonly audit: AuditLog | undefined
  readonly strategyOf: (table: string) => Strategy
  readonly deleteVsEdit: DeleteVsEdit
  readonly migrationsEnabledAtVersion: number | undefined
  readonly maxPushRecords: number
  readonly newKey: () => string
  /** Gives the object in which WatermelonDB notes what a run does, as `SyncLogger.newLog` makes it. */
  readonly newLog: (() => SyncLog) | undefined
  /** Throws when the user has signed out meanwhile: nothing more may be written or sent. */
  readonly ensureMine: () => void
}

/** Runs once. True when there is more to send than one request may hold. */
export async function syncOnce(options: SyncOnceOptions): Promise<boolean> {
  const { database, tables, attempts, deletions, rejected, conflicts, ensureMine } = options
  let sent: SentRow = () => undefined
  let asked: RecordConflict[] = []
  let decisions: Decision[] = []
  let finishing: Promise<void> = Promise.resolve()
  let newlyDeleted: IdsByTable = {}
  let repeated: ReadonlySet<string> = new Set()
  let hasPushed = false
  let isMore = false

  /** After a migration the server sends records that nobody has edited, so they beat no edit of ours. */
  const strategyOf = (table: string): Strategy => (repeated.has(table) ? 'fieldMerge' : options.strategyOf(table))

  /** What an earlier run has sent without an answer is sent again before anything else: its outcome must be known. */
  async function settleAttempt(): Promise<void> {
    const attempt = await attempts.read()
    if (attempt !== null && !attempt.isAcknowledged) {
      try {
        await send(attempt)
      } catch (error) {
        // Refused now, but an earlier attempt may have been taken: the pull shows it.
        if (!isRefused(error)) throw error
      }
    }
    sent = sentRows(await attempts.read())
  }

  async function send(attempt: PushAttempt): Promise<IdsByTable> {
    const { key, lastPulledAt, changes } = attempt
    const wire = Object.entries(changes).flatMap(([name, one]) => {
      const table = tables[name]
      if (table === undefined) return []
      const [created, updated] = [one.created, one.updated].map(rows => rows.map(row => toWire(row, table)))
      return [[name, { created: created ?? [], updated: updated ?? [], deleted: one.deleted }] as const]
    })
    ensureMine()
    const answer = options.answers.push(await options.push({ key, lastPulledAt, changes: Object.fromEntries(wire) }))
    ensureMine()
    await rejected.note(answer, changes)
    const taken = acknowledged(attempt, answer)
    await attempts.write(taken)
    await deletions.release(mapTables(taken.changes, one => [...one.created, ...one.updated].map(row => row.id)))
    return mapTables(answer, ones => ones.map(one => one.id))
  }

  /** In one writer, right behind the one in which WatermelonDB has applied what was pulled. */
  async function finishPull(): Promise<void> {
    const edited = await deletions.settle(sent)
    const kept = edited.filter(({ table, id }) => newlyDeleted[table]?.includes(id))
    if (options.deleteVsEdit === 'ask') asked.push(...kept)
    else for (const conflict of kept) decisions.push({ conflict, strategy: 'editWins', resolved: conflict.local })
    const [open, audited] = [await conflicts?.prepare(asked), await options.audit?.prepare(decisions)]
    await database.batch([...(open?.() ?? []), ...(audited?.() ?? [])])
    asked = []
    decisions = []
    await conflicts?.announce([])
  }

  /** A crash between the two writers has left the server's side of conflicts. */
  async function recover(): Promise<void> {
    const announced = (await conflicts?.announced()) ?? []
    if (announced.length === 0) return
    await database.write(async () => {
      const open = await conflicts?.prepare(announced)
      await database.batch([...(open?.() ?? [])])
      await conflicts?.announce([])
    })
  }

  await recover()
  try {
    await synchronize({
      database,
      log: options.newLog?.(),
      sendCreatedAsUpdated: true,
      migrationsEnabledAtVersion: options.migrationsEnabledAtVersion,
      pullChanges: async ({ lastPulledAt, schemaVersion, migration }) => {
        await settleAttempt()
        ensureMine()
        const answer = options.answers.pull(
          await options.pull({ lastPulledAt: lastPulledAt ?? null, schemaVersion, migration }),
        )
        ensureMine()
        repeated = new Set(migration ? [...migration.tables, ...migration.columns.map(one => one.table)] : [])
        const met = await meetChanges(database, answer.changes, { sent, repeated, deleteVsEdit: options.deleteVsEdit })
        newlyDeleted = met.deleted
        await rejected.refresh(answer.changes)
        await deletions.keep(met.deleted, met.returned)
        const asksFor = (one: RecordConflict) => one.local === null || strategyOf(one.table) === 'manual'
        const candidates = met.candidates.filter(asksFor)
        const touched = (await conflicts?.touched(answer.changes)) ?? []
        asked.push(...touched, ...candidates.filter(one => one.local === null))
        await conflicts?.announce([...touched, ...candidates])
        for (const [table, ids] of Object.entries(met.restored))
          if (ids.length > 0) await database.adapter.destroyDeletedRecords(table, [...ids])
        return { changes: met.changes, timestamp: answer.timestamp }
      },
      onDidPullChanges: async () => {
        finishing = database.write(finishPull)
        // It is awaited below; until then nobody else may be told of its failure.
        finishing.catch(() => undefined)
      },
      conflictResolver: (table, raw, remote, resolved) => {
        const local = { ...raw } as MarkedRow
        if (local._status !== 'created' && local._status !== 'updated') return resolved
        const { row, conflict, resolution } = resolveRecord(
          table,
          local,
          remote as Row,
          sent(table, local.id, remote as Row),
          strategyOf(table),
        )
        if (conflict && resolution?.choice === 'ask') asked.push(conflict)
        else if (conflict && resolution)
          decisions.push({ conflict, strategy: resolution.choice, resolved: unmarked(row) })
        return row
      },
      pushChanges: async ({ changes, lastPulledAt }) => {
        await finishing
        ensureMine()
        const open = (await conflicts?.list()) ?? []
        const selection = selectForPush(changes as LocalChanges, {
          tables,
          open: idsOf(open),
          rejected: await rejected.list(),
          deletedRemotely: await deletions.read(),
          max: options.maxPushRecords,
        })
        isMore = selection.isMore
        if (selection.count === 0) return { experimentalRejectedIds: mutable(selection.left) }
        const attempt = { key: options.newKey(), lastPulledAt, changes: selection.changes, isAcknowledged: false }
        await attempts.write(attempt)
        hasPushed = true
        try {
          return { experimentalRejectedIds: mutable(selection.left, await send(attempt)) }
        } catch (error) {
          // Refused at the first attempt, so nothing of it was applied.
          if (isRefused(error)) await attempts.clear()
          throw error
        }
      },
    })
  } finally {
    await finishing
  }
  // The pull has brought back what was sent before, so it is of no more use.
  if (!hasPushed) await attempts.clear()
  return isMore
}

/** True for answers by which the server says that it will not take these changes as they are. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof TransportError)) return false
  const { status, code } = error.answer
  if (status !== undefined) return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status)
  return (
    code === 'CONFLICT' || code === 'BAD_USER_INPUT' || code === 'FORBIDDEN' || code === 'GRAPHQL_VALIDATION_FAILED'
  )
}

function idsOf(conflicts: readonly RecordConflict[]): IdsByTable {
  const ids: Record<string, string[]> = {}
  for (const { table, id } of conflicts) ids[table] = [...(ids[table] ?? []), id]
  return ids
}

function mapTables<T>(tables: Readonly<Record<string, T>>, map: (one: T) => readonly string[]): IdsByTable {
  return Object.fromEntries(Object.entries(tables).map(([table, one]) => [table, map(one)]))
}

/** Joined, in the form that WatermelonDB takes. */
function mutable(...all: readonly IdsByTable[]): Record<string, string[]> {
  const ids: Record<string, string[]> = {}
  for (const one of all) for (const [table, more] of Object.entries(one)) ids[table] = [...(ids[table] ?? []), ...more]
  return ids
}
