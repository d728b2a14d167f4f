// What the SQL of a call names: tables and columns, each where its letters stand, and the places where one is expected.
import type { Mention, NameMention } from '../../../catalog/mention.ts'
import { entityMentions, fieldMentions, type Told } from '../../../catalog/name-mentions.ts'
import type { WrittenText } from '../../../catalog/written-text.ts'
import { expectedInSql } from '../../../sql/expected-in-sql.ts'
import type { DatabaseShape } from '../../../sql/judge.ts'
import { namesInSql } from '../../../sql/names-in-sql.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import type { SqlName } from '../../../sql/sql-name.ts'
import { type SqlWorld, sqlWorld, worldOf } from '../../../sql/sql-world.ts'
import type { Place } from '../../../text/span.ts'
import { samePlace } from '../../../text/span.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import type { SqlCall, SqliteStore, Table } from '../types.ts'

/** The names in the SQL of a call. What is made at run time has no places. */
export function* callMentions(store: SqliteStore, call: SqlCall): Generator<Mention> {
  const { sql } = call
  if (!sql) return
  const world = store.shape ? worldFor(store.shape) : sqlWorld([])
  // What makes new databases is the schema as it is now, and no step of the past.
  const isFresh = store.ladder?.fresh?.texts.some(text => text.call === call) === true
  const version = isFresh ? undefined : store.schemaTexts.find(text => text.call === call)?.version
  const makes = definitionsIn(sql.text).length > 0
  const known = new Set<number>()
  const told: Told = {
    store: store.name,
    part: makes ? (version === undefined ? 'schema' : 'migration') : 'sql',
    role: 'refers',
    isSql: true,
    whole: call.at,
    ...(version !== undefined && makes && { version }),
  }
  for (const name of namesInSql(sql.text, world)) {
    known.add(name.start)
    if (!sql.isOpen(name.start, name.end)) yield* nameMentions(store, sql, name, told)
  }
  yield* expectedMentions(sql, world, known, { ...told, role: 'refers' })
}

function* nameMentions(store: SqliteStore, sql: WrittenText, name: SqlName, told: Told): Generator<NameMention> {
  const entity = name.kind === 'table' ? (name.table ?? name.name) : name.table
  const field = name.kind === 'column' ? (name.column ?? name.name) : undefined
  if (entity === undefined || (name.kind !== 'table' && name.kind !== 'column')) return
  const { scope } = store
  const value = sql.value(name.start, name.end)
  if (value) {
    yield* field === undefined ? entityMentions(scope, value, told) : fieldMentions(scope, value, entity, told)
    return
  }
  const at = sql.place(name.start, name.end)
  if (!at) return
  const own = name.role === 'defines' ? roleOf(store, told, at, entity, field) : told.role
  yield {
    kind: field === undefined ? 'entity' : 'field',
    entity,
    ...(field !== undefined && { field }),
    ...told,
    role: own,
    at,
    source: at,
  }
}

/** What a step of the ladder makes, it adds; elsewhere the first place where a name is made is its definition. */
function roleOf(
  store: SqliteStore,
  told: Told,
  at: Place,
  entity: string,
  field: string | undefined,
): NameMention['role'] {
  if (told.part === 'migration') return 'adds'
  const table = tablesByName(store.entities).get(foldName(entity))
  const found = field === undefined ? table : table?.fields.find(one => foldName(one.name.text) === foldName(field))
  return found && samePlace(found.name.at, at) ? 'defines' : 'refers'
}

const worlds = new WeakMap<DatabaseShape, SqlWorld>()

/** Shapes never change: what their tables are is asked once. */
function worldFor(shape: DatabaseShape): SqlWorld {
  const known = worlds.get(shape) ?? worldOf(shape)
  worlds.set(shape, known)
  return known
}

const byName = new WeakMap<readonly Table[], ReadonlyMap<string, Table>>()

/** By folded name. */
function tablesByName(tables: readonly Table[]): ReadonlyMap<string, Table> {
  const known = byName.get(tables) ?? new Map(tables.map(table => [foldName(table.name.text), table]))
  byName.set(tables, known)
  return known
}

function* expectedMentions(
  sql: WrittenText,
  world: SqlWorld,
  known: ReadonlySet<number>,
  told: Told,
): Generator<NameMention> {
  if (world.tables.length === 0) return
  for (const { start, end, kind, table } of expectedInSql(sql.text, known, world)) {
    const at = sql.isOpen(start, end) && start < end ? undefined : sql.place(start, end)
    const text = sql.text.slice(start, end)
    if (at && kind === 'table') yield { kind: 'entity', entity: text, ...told, at, source: at }
    else if (at && table !== undefined) yield { kind: 'field', entity: table, field: text, ...told, at, source: at }
  }
}
