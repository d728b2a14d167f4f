// What phones that update have otherwise than new installs, at the places where it is written.
import type { Related } from '../../../rules/rule.ts'
import type { DatabaseShape } from '../../../sql/judge.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import type { Place } from '../../../text/span.ts'
import { alteredTables, createdTables } from '../schema/create-table.ts'
import { columnNamed, type Difference, differences, tableNamed } from '../schema/differences.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import type { SchemaText, SqliteStore } from '../types.ts'
import { replay } from './prove.ts'
import { type DeviceRuns, runsFromRelease, runsFromStart, runsOfNew } from './runs.ts'
import { createdParts } from './step-back.ts'

/** One thing in which phones differ. */
export interface Drift {
  readonly at: Place
  readonly message: string
  readonly related: readonly Related[]
  /** True where a step can give phones what they lack. */
  readonly isLack: boolean
}

/** All of it; nothing while SQLite has not answered, or where some step cannot be read. */
export function* driftOf(store: SqliteStore): Generator<Drift> {
  const fresh = runsOfNew(store)
  const devices = [store.ladder?.fresh ? runsFromStart(store) : undefined, runsFromRelease(store)]
  const known = devices.filter(one => one?.complete)
  if (!fresh || known.length === 0) return
  const made = replay(store.scope.judge, fresh)
  if (!made || made.failure) return
  const told = new Set<string>()
  for (const device of known) {
    if (!device) continue
    const old = replay(store.scope.judge, device.runs)
    if (!old || old.failure) continue
    for (const one of differences(old.shape, made.shape, { details: device.from !== 'release' })) {
      const key = `${one.kind} ${foldName(one.table)} ${foldName(one.name)}`
      const drift = told.has(key) ? undefined : describe(store, one, device, { old: old.shape, made: made.shape })
      if (drift) yield drift
      told.add(key)
    }
  }
}

interface Shapes {
  readonly old: DatabaseShape
  readonly made: DatabaseShape
}

function describe(store: SqliteStore, found: Difference, device: DeviceRuns, shapes: Shapes): Drift | undefined {
  const since = device.from === 'release' ? `phones that have ${store.baseline?.label}` : 'phones that update'
  return found.is === 'extra' ? extra(store, found, device, shapes) : lack(store, found, since)
}

/** What new installs have, and phones that update lack or have otherwise. */
function lack(store: SqliteStore, { kind, is, table, name, what }: Difference, since: string): Drift | undefined {
  const texts = store.schemaTexts
  const at =
    kind === 'index' || kind === 'trigger'
      ? partPlace(texts, name)
      : namePlace(texts, table, kind === 'column' ? name : undefined)
  if (!at) return undefined
  const steps = store.ladder?.steps ?? []
  const last = steps.at(-1)
  const related = last ? [{ at: last.at, message: 'The last step' }] : []
  const isLack = true
  if (is === 'missing') {
    const subject = kind === 'column' ? `column "${name}" of "${table}"` : `${kind} "${name}"`
    const harm = {
      table: 'every use of it fails there with "no such table"',
      column: `reading and writing it fails there with "no such column: ${name}"`,
      index: 'queries are slow there, or rows that should be unique are not',
      trigger: 'what it does is not done there',
    }[kind]
    return {
      at,
      message: `New installs get ${subject}, and no step gives it to ${since}: ${harm}. Add a step.`,
      related,
      isLack,
    }
  }
  const subject =
    kind === 'column' ? `"${name}" of "${table}" with another ${what}` : `${kind} "${name}" made otherwise`
  return {
    at,
    message: `New installs have ${subject} than ${since}, as the steps make it: what works on the one may fail on the other. Make both the same.`,
    related,
    isLack,
  }
}

/** What the steps make, and new installs lack. What nobody uses any more may stay on phones. */
function extra(
  store: SqliteStore,
  { kind, table, name }: Difference,
  device: DeviceRuns,
  { old, made }: Shapes,
): Drift | undefined {
  if (device.from === 'release') return undefined
  const steps = (store.ladder?.steps ?? []).flatMap(step => step.texts)
  const column = kind === 'column' ? columnNamed(tableNamed(old, table)!, name) : undefined
  const isInTheWay = column?.notNull === true && column.default === null && column.primaryKey === 0
  const isPart = kind === 'index' || kind === 'trigger'
  if (isPart && !tableNamed(made, table)) return undefined
  if (!isPart && !isInTheWay && !isUsed(store, name)) return undefined
  const at = isPart
    ? partPlace(steps, name)
    : kind === 'table'
      ? namePlace(steps, name)
      : addedPlace(steps, table, name)
  const home = kind === 'table' ? undefined : namePlace(store.ladder?.fresh?.texts ?? [], table)
  if (!at) return undefined
  const subject = kind === 'column' ? `column "${name}" of "${table}"` : `${kind} "${name}"`
  const harm = isPart
    ? 'the two behave differently'
    : isInTheWay && !isUsed(store, name)
      ? 'new rows cannot be stored on the phones that have it'
      : 'what uses it fails on new installs'
  return {
    at,
    message: `This step makes ${subject}, and new installs, which skip it, do not get it: ${harm}. Add it to what makes new databases.`,
    related: home ? [{ at: home, message: 'What new installs get' }] : [],
    isLack: false,
  }
}

/** True where SQL that is no definition speaks of a name. */
function isUsed({ calls, schemaTexts }: SqliteStore, name: string): boolean {
  const defining = new Set(schemaTexts.map(text => text.call))
  const word = new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i')
  return calls.some(
    call =>
      !defining.has(call) && call.sql !== undefined && word.test(call.sql.text) && !/\balter\b/i.test(call.sql.text),
  )
}

function namePlace(texts: readonly SchemaText[], table: string, column?: string): Place | undefined {
  for (const { sql } of texts)
    for (const created of createdTables(sql.text)) {
      if (foldName(created.name.text) !== foldName(table)) continue
      const own =
        column === undefined ? created : created.columns.find(one => foldName(one.name.text) === foldName(column))
      const found = own && sql.source(own.name.start, own.name.end)
      if (found) return found
    }
  return undefined
}

function addedPlace(texts: readonly SchemaText[], table: string, column: string): Place | undefined {
  for (const { sql } of texts)
    for (const { table: altered, added } of alteredTables(sql.text))
      if (added && foldName(altered.text) === foldName(table) && foldName(added.name.text) === foldName(column))
        return sql.source(added.name.start, added.name.end)
  return namePlace(texts, table, column)
}

/** The statement of an index or a trigger. */
function partPlace(texts: readonly SchemaText[], name: string): Place | undefined {
  for (const { sql } of texts)
    for (const { statement } of definitionsIn(sql.text)) {
      const { start, end } = statement
      const isIt = createdParts(sql.text.slice(start, end)).includes(foldName(name))
      if (isIt) return sql.source(start, end)
    }
  return undefined
}
