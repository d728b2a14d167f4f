// What devices run when they update: the texts of each step, from a database as it was before the first of them.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { DatabaseShape } from '../../../sql/judge.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import { alteredTables, createdTables } from '../schema/create-table.ts'
import { definitionsIn, isWhole } from '../schema/schema-texts.ts'
import type { Ladder, LadderStep, SchemaText, SqliteStore } from '../types.ts'
import { createdParts, withoutColumns } from './step-back.ts'

/** What runs at once. `sources` are the texts in the code, one for each of `texts`; none for what is made up here. */
export interface Run {
  readonly texts: readonly string[]
  readonly sources: readonly SchemaText[]
  readonly step: LadderStep | undefined
}

/** The runs of a device, and how its database before the first of them is known. */
export interface DeviceRuns {
  readonly runs: readonly Run[]
  /** `nothing`: there was none; `fresh`: the one of new installs, less what the steps add; `release`: a released one. */
  readonly from: 'nothing' | 'fresh' | 'release'
  /** False where some later step cannot be read. */
  readonly complete: boolean
}

/** The texts that run whatever the version is. */
export const baseTexts = (store: SqliteStore): readonly SchemaText[] => {
  const inLadder = new Set(
    [...(store.ladder?.fresh?.texts ?? []), ...(store.ladder?.steps ?? []).flatMap(step => step.texts)].map(
      text => text.call,
    ),
  )
  return store.schemaTexts.filter(text => !inLadder.has(text.call) && isWhole(text.call))
}

/** The steps in the order of their versions, up to the first that cannot be read. */
export function readableSteps({ ladder }: SqliteStore): { readonly steps: readonly LadderStep[]; complete: boolean } {
  const ordered = [...(ladder?.steps ?? [])].sort((a, b) => a.version.value - b.version.value)
  const open = ordered.findIndex(step => !step.complete)
  return { steps: open < 0 ? ordered : ordered.slice(0, open), complete: open < 0 }
}

/** A list of texts as one run. */
export const runOf = (sources: readonly SchemaText[], step?: LadderStep): Run => ({
  texts: sources.map(textRun),
  sources,
  step,
})

/** What of a text a device runs: some methods leave all but the first statement. */
function textRun({ call, sql: { text } }: SchemaText): string {
  if (call.method.runs === 'all') return text
  const [first] = splitStatements(text)
  return text.slice(0, first?.end ?? text.length)
}

/** What a device runs that has the app since its first version; undefined where its first database is not known. */
export function runsFromStart(store: SqliteStore): DeviceRuns | undefined {
  const { ladder } = store
  if (!ladder || ladder.steps.length === 0 || !isOrdered(ladder.steps)) return undefined
  const { steps, complete } = readableSteps(store)
  if (steps.length === 0) return undefined
  const base = baseTexts(store)
  const runs = steps.map(step => runOf(step.texts, step))
  const last = complete ? [runOf(base)] : []
  if (!makesTogether(base, steps)) {
    const known = ladder.fresh ? isFromNothing(store, steps) : true
    if (known === undefined) return undefined
    if (known) return { runs: [...runs, ...last], from: 'nothing', complete }
  }
  const before = beforeSteps(store, [...base, ...(ladder.fresh?.texts ?? [])], steps)
  return before && { runs: [before, ...runs, ...last], from: 'fresh', complete }
}

/** What a device runs that comes from a release; undefined where none is known or some step cannot be read. */
export function runsFromRelease(store: SqliteStore): DeviceRuns | undefined {
  const released = releasedSnapshot(store)
  const { steps, complete } = readableSteps(store)
  // A version below the released one is another fault.
  if (released && store.version && store.version.value < released.version) return undefined
  if (!released?.complete || !complete || store.schema === undefined) return undefined
  const later = steps.filter(step => step.version.value > released.version)
  const base = baseTexts(store)
  return {
    runs: [
      { texts: tablesOf(released), sources: [], step: undefined },
      ...later.map(step => runOf(step.texts, step)),
      runOf(base),
    ],
    from: 'release',
    complete,
  }
}

/** The branch for new databases, where it makes all that the steps make; a further step must be made part of it. */
export function wholeFresh({ ladder }: SqliteStore): Ladder['fresh'] {
  const { fresh, steps } = ladder ?? {}
  const top = Math.max(0, ...(steps ?? []).map(step => step.version.value))
  return fresh && (fresh.stamp?.value ?? 0) >= top ? fresh : undefined
}

/** The newest release. */
export const releasedSnapshot = ({ baseline }: SqliteStore): Snapshot | undefined => baseline?.snapshots.at(-1)

/** What a new install runs. */
export function runsOfNew(store: SqliteStore): readonly Run[] | undefined {
  const { ladder } = store
  const { steps, complete } = readableSteps(store)
  if (!complete || store.schema === undefined) return undefined
  const stamp = ladder?.fresh?.stamp
  if (ladder?.fresh && !stamp) return undefined
  const first = ladder?.fresh ? [runOf(ladder.fresh.texts)] : []
  const own = stamp ? steps.filter(step => step.version.value > stamp.value) : steps
  const base = baseTexts(store)
  const isFirst = ladder !== undefined && makesTogether(base, steps)
  const runs = [...first, ...own.map(step => runOf(step.texts, step))]
  return isFirst ? [runOf(base), ...runs] : [...runs, runOf(base)]
}

const isOrdered = (steps: readonly LadderStep[]): boolean =>
  steps.every((step, i) => i === 0 || steps[i - 1]!.version.value < step.version.value)

/**
 * True where the steps by themselves make all tables of new installs that phones may have, so that the branch for new
 * databases came later. Undefined while SQLite has not answered.
 */
function isFromNothing(store: SqliteStore, steps: readonly LadderStep[]): boolean | undefined {
  if (steps[0]!.version.value > 1) return false
  const { judge } = store.scope
  const texts = steps.map(step => step.texts.map(textRun))
  const answer = judge.ask({ kind: 'replay', steps: texts, rows: 0, foreignKeys: false })
  const fresh = judge.ask({ kind: 'schema', schema: (store.ladder?.fresh?.texts ?? []).map(textRun) })
  if (!answer || !fresh) return undefined
  if (/^no such table/i.test(answer.failure?.error.message ?? '')) return false
  const made = new Set(answer.shape.tables.map(table => foldName(table.name)))
  return fresh.tables.every(({ name }) => made.has(foldName(name)) || isNew(store, name))
}

/** True where the newest release certainly has no such table. */
function isNew(store: SqliteStore, table: string): boolean {
  const released = releasedSnapshot(store)
  return released?.complete === true && !released.entities.some(one => foldName(one.name) === foldName(table))
}

/** True where what runs at every start makes tables that steps alter: nobody knows then how they were at first. */
function makesTogether(base: readonly SchemaText[], steps: readonly LadderStep[]): boolean {
  const made = new Set(base.flatMap(text => createdTables(text.sql.text).map(one => foldName(one.name.text))))
  return steps.some(step =>
    step.texts.some(({ sql }) =>
      [...alteredTables(sql.text).map(one => one.table), ...createdTables(sql.text).map(one => one.name)].some(name =>
        made.has(foldName(name.text)),
      ),
    ),
  )
}

/** The database of new installs without what the steps add; undefined where steps do more than add. */
function beforeSteps(store: SqliteStore, texts: readonly SchemaText[], steps: readonly LadderStep[]): Run | undefined {
  const shape = store.scope.judge.ask({ kind: 'schema', schema: texts.map(text => text.sql.text) })
  if (!shape || shape.failures.length > 0) return undefined
  const changes = steps.flatMap(step => step.texts.map(text => text.sql.text))
  const onlyAdds = changes.every(sql =>
    definitionsIn(sql).every(({ kind, statement }) =>
      kind === 'alter'
        ? alteredTables(sql.slice(statement.start, statement.end)).every(one => one.added)
        : kind !== 'drop' && kind !== 'virtual',
    ),
  )
  if (!onlyAdds) return undefined
  // What no release has is no part of what phones had before.
  const old = { ...shape, tables: shape.tables.filter(table => !isNew(store, table.name)) }
  return { texts: stepBack(old, changes), sources: [], step: undefined }
}

function stepBack({ tables, indexes, triggers }: DatabaseShape, changes: readonly string[]): readonly string[] {
  const added = new Map<string, Set<string>>()
  const made = new Set(changes.flatMap(sql => createdTables(sql).map(one => foldName(one.name.text))))
  const parts = new Set(changes.flatMap(createdParts))
  for (const sql of changes)
    for (const { table, added: column } of alteredTables(sql)) {
      const key = foldName(table.text)
      if (column) added.set(key, (added.get(key) ?? new Set()).add(foldName(column.name.text)))
    }
  const kept = tables.filter(table => table.kind === 'table' && !made.has(foldName(table.name)))
  const keptParts = [...indexes, ...triggers].filter(part => {
    const gone = added.get(foldName(part.table))
    const isLost = gone && [...gone].some(column => foldName(part.sql).includes(column))
    const isThere = kept.some(table => foldName(table.name) === foldName(part.table))
    return !parts.has(foldName(part.name)) && isThere && !isLost
  })
  return [
    ...kept.map(table => withoutColumns(table.sql, added.get(foldName(table.name)) ?? new Set())),
    ...keptParts.map(part => part.sql),
  ]
}

/** Statements that make the tables of a snapshot: as much of them as it tells. */
function tablesOf(snapshot: Snapshot): readonly string[] {
  return snapshot.entities.flatMap(({ name }) => {
    const entity = findEntity(snapshot, name)
    if (!entity || entity.fields.length === 0) return []
    const columns = entity.fields.map(field => {
      const isKey = entity.primaryKey === field.name
      const notNull = field.optional || isKey ? '' : ` NOT NULL${field.default ? " DEFAULT ''" : ''}`
      return `${quotedName(field.name)} ${field.type}${isKey ? ' PRIMARY KEY' : ''}${notNull}`
    })
    return [`CREATE TABLE ${quotedName(name)} (${columns.join(', ')})`]
  })
}

/** A name that can stand in SQL whatever it is. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`
