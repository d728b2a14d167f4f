// One run: what is new on the server comes first, then what is new here goes there.
import type { Database } from '@nozbe/watermelondb'
import { type SyncLog, synchronize } from '@nozbe/watermelondb/sync'
import { TransportError } from '../sync/transport-error.ts'
import type { Answers } from './answers.ts'
import type { AuditLog, Decision } from './audit-log.ts'
import type { ConflictBook } from './conflict-book.ts'
import { meetChanges } from './meet-changes.ts'
import { isAboutContent, type Portions } from './portions.ts'
import { journalTable, type PullJournal } from './pull-journal.ts'
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
import type { MigrationChanges, PullRequest, PushRequest, Row, TableChanges } from './types.ts'

export interface SyncOnceOptions {
  readonly database: Database
  readonly tables: SyncedTables
  readonly answers: Answers
  /** Each with a time limit and with a renewed token where it is needed. */
  readonly pull: (request: PullRequest) => Promise<unknown>
  readonly push: (request: PushRequest) => Promise<unknown>
  readonly journal: PullJournal
  readonly attempts: AttemptStore
  readonly deletions: RemoteDeletions
  readonly rejected: RejectedRecords
  readonly conflicts: ConflictBook | undefined
  readonly audit: AuditLog | undefined
  readonly strategyOf: (table: string) => Strategy
  readonly deleteVsEdit: DeleteVsEdit
  readonly migrationsEnabledAtVersion: number | undefined
  /** Kept from run to run. */
  readonly portions: Portions
  readonly newKey: () => string
  /** Gives the object in which WatermelonDB notes what a run does, as `SyncLogger.newLog` makes it. */
  readonly newLog: (() => SyncLog) | undefined
  /** Throws when the user has signed out meanwhile: nothing more may be written or sent. */
  readonly ensureMine: () => void
}

/** Runs once. True when there is more to send than one request may hold. */
export async function syncOnce(options: SyncOnceOptions): Promise<boolean> {
  const { database, tables, journal, attempts, deletions, rejected, conflicts, portions, ensureMine } = options
  let sent: SentRow = () => undefined
  const asked: RecordConflict[] = []
  const decisions: Decision[] = []
  let finishing: Promise<void> = Promise.resolve()
  let deleted: IdsByTable = {}
  let wanted: readonly string[] = []
  let repeated: ReadonlySet<string> = new Set()
  let hasPushed = false
  let isMore = false

  /** Some records come although nobody has edited them, as after a migration, so they beat no edit of ours. */
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
    await deletions.release(mapTables(taken.changes, rowIds))
    return mapTables(answer, ones => ones.map(one => one.id))
  }

  /** Does what the last batch has left to do, in one writer: right behind that of the batch, or after a crash. */
  async function finishPull(): Promise<void> {
    const aftermath = await journal.aftermath()
    if (aftermath === null) return
    await rejected.got(aftermath.wanted)
    const edited = await deletions.settle(sentRows(await attempts.read()))
    const kept = edited.filter(({ table, id }) => aftermath.deleted[table]?.includes(id))
    const isAsked = options.deleteVsEdit === 'ask'
    const won = kept.map((conflict): Decision => ({ conflict, strategy: 'editWins', resolved: conflict.local }))
    const open = await conflicts?.prepare([...aftermath.asked, ...(isAsked ? kept : [])])
    const audited = await options.audit?.prepare([...aftermath.decisions, ...(isAsked ? [] : won)])
    const done = await journal.done()
    await database.batch([...(open?.() ?? []), ...(audited?.() ?? []), done()])
  }

  await journal.open()
  await database.write(finishPull)
  try {
    await synchronize({
      database,
      log: options.newLog?.(),
      sendCreatedAsUpdated: true,
      migrationsEnabledAtVersion: options.migrationsEnabledAtVersion,
      pullChanges: async ({ lastPulledAt, schemaVersion, migration }) => {
        await settleAttempt()
        ensureMine()
        const pulledAt = lastPulledAt ?? null
        const { since, isOutgrown } = await journal.checkpoint(pulledAt, schemaVersion)
        wanted = await rejected.wanted()
        const request = { lastPulledAt: since, schemaVersion, migration: withTables(migration, wanted, schemaVersion) }
        const answer = options.answers.pull(await options.pull(request))
        ensureMine()
        repeated = new Set(isOutgrown ? Object.keys(tables) : migrated(request.migration))
        const met = await meetChanges(database, answer.changes, { sent, repeated, deleteVsEdit: options.deleteVsEdit })
        deleted = met.deleted
        await rejected.refresh(answer.changes)
        await deletions.keep(met.deleted, met.returned)
        asked.push(...((await conflicts?.touched(answer.changes)) ?? []), ...met.asked)
        for (const [table, ids] of Object.entries(met.restored))
          if (ids.length > 0) await database.adapter.destroyDeletedRecords(table, [...ids])
        const entry = await journal.entry(pulledAt, answer.timestamp, schemaVersion)
        return { changes: { ...met.changes, ...entry }, timestamp: answer.timestamp }
      },
      onDidPullChanges: async () => {
        finishing = database.write(finishPull)
        // It is awaited below; until then nobody else may be told of its failure.
        finishing.catch(() => undefined)
      },
      conflictResolver: (table, raw, remote, resolved) => {
        if (table === journalTable) return journal.written(resolved as Row, { asked, decisions, deleted, wanted })
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
          max: portions.size(),
        })
        isMore = selection.isMore
        if (selection.count === 0) return { experimentalRejectedIds: mutable(selection.left) }
        const attempt = { key: options.newKey(), lastPulledAt, changes: selection.changes, isAcknowledged: false }
        await attempts.write(attempt)
        hasPushed = true
        try {
          const refused = await send(attempt)
          portions.taken()
          return { experimentalRejectedIds: mutable(selection.left, refused) }
        } catch (error) {
          if (!isRefused(error)) throw error
          // Refused at the first attempt, so nothing of it was applied.
          await attempts.clear()
          const ids = mapTables(selection.changes, one => [...rowIds(one), ...one.deleted])
          const names = Object.entries(ids).flatMap(([table, some]) => some.map(id => `${table}/${id}`))
          const verdict = isAboutContent(error) ? portions.refused(names) : 'giveUp'
          if (verdict === 'giveUp') throw error
          if (verdict === 'blame') await rejected.blame(selection.changes, (error as Error).message)
          isMore = true
          return { experimentalRejectedIds: mutable(selection.left, ids) }
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

/** The tables whose records come again because a migration has added to them. */
function migrated(migration: MigrationChanges | null): readonly string[] {
  return migration ? [...migration.tables, ...migration.columns.map(one => one.table)] : []
}

/** Asks the server for these tables as if they were new, which is how it sends all of their records. */
function withTables(
  migration: MigrationChanges | null,
  wanted: readonly string[],
  schemaVersion: number,
): MigrationChanges | null {
  if (wanted.length === 0) return migration
  const { from = schemaVersion, tables = [], columns = [] } = migration ?? {}
  return { from, tables: [...new Set([...tables, ...wanted])], columns }
}

const rowIds = ({ created, updated }: TableChanges): readonly string[] => [...created, ...updated].map(row => row.id)

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
