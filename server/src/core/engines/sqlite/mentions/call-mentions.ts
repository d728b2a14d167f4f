// What the SQL of a call names: tables and columns, each where its letters stand, and the places where one is expected.
import type { Mention, NameMention } from '../../../catalog/mention.ts'
import { entityMentions, fieldMentions, type Told } from '../../../catalog/name-mentions.ts'
import type { WrittenText } from '../../../catalog/written-text.ts'
import { expectedNames } from '../../../sql/expected-names.ts'
import { namesInSql, type SqlName } from '../../../sql/names-in-sql.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import { type SqlWorld, sqlWorld, worldOf } from '../../../sql/sql-world.ts'
import type { Place } from '../../../text/span.ts'
import { samePlace } from '../../../text/span.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import type { SqlCall, SqliteStore } from '../types.ts'

/** The names in the SQL of a call. What is made at run time has no places. */
export function* callMentions(store: SqliteStore, call: SqlCall): Generator<Mention> {
  const { sql } = call
  if (!sql) return
  const world = store.shape ? worldOf(store.shape) : sqlWorld([])
  const version = store.schemaTexts.find(text => text.call === call)?.version
  const makes = definitionsIn(sql.text).length > 0
  const known = new Set<number>()
  const told: Told = {
    store: store.name,
    part: makes ? (version === undefined ? 'schema' : 'migration') : 'sql',
    role: 'refers',
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
    ...(own === 'defines' && { part: 'schema' as const }),
    at,
    source: at,
  }
}

/** The first place where a name is made is its definition; in later steps it is made again on the phones that lack it. */
function roleOf(
  store: SqliteStore,
  told: Told,
  at: Place,
  entity: string,
  field: string | undefined,
): NameMention['role'] {
  const table = store.entities.find(one => foldName(one.name.text) === foldName(entity))
  const found = field === undefined ? table : table?.fields.find(one => foldName(one.name.text) === foldName(field))
  if (found && samePlace(found.name.at, at)) return 'defines'
  return told.part === 'migration' ? 'adds' : 'refers'
}

/** Statements longer than this are not looked through for names that are being typed. */
const longest = 4000

/** Words that stand where they stand, and are no names. */
const keywords = new Set(
  `select from where and or not null is in as on join left inner outer cross order by group having limit offset insert into
  values update set delete create table index view trigger if exists primary key autoincrement unique default integer text
  real blob numeric references foreign alter add column drop rename to asc desc distinct case when then else end like
  between pragma with union all except intersect begin commit rollback transaction replace ignore conflict do nothing
  returning constraint check cascade virtual using collate nocase datetime current_timestamp`.split(/\s+/),
)

function* expectedMentions(
  sql: WrittenText,
  world: SqlWorld,
  known: ReadonlySet<number>,
  told: Told,
): Generator<NameMention> {
  if (world.tables.length === 0) return
  const { text } = sql
  for (const statement of splitStatements(text)) {
    if (statement.end - statement.start > longest) continue
    const isWhole = statement.tokens.some(token => known.has(token.start))
    const offsets = new Set<number>()
    statement.tokens.forEach((token, index) => {
      const word = text.slice(token.start, token.end)
      if (token.kind === 'word' && !known.has(token.start) && !keywords.has(word.toLowerCase())) offsets.add(token.end)
      const next = statement.tokens[index + 1]
      const gap = (next?.start ?? statement.after) - token.end
      const isSign = /^[.,(=<>]$/.test(word)
      if (isSign && (!next || /^[),]$/.test(text.slice(next.start, next.end)))) offsets.add(token.end)
      if (!isWhole && gap > 0 && (gap > 1 || !next)) offsets.add(token.end + 1)
      if (!isWhole && isSign) offsets.add(token.end)
    })
    for (const offset of offsets) yield* expectedAt(sql, world, offset, told)
  }
}

function* expectedAt(sql: WrittenText, world: SqlWorld, offset: number, told: Told): Generator<NameMention> {
  const expected = expectedNames(sql.text, offset, world)
  const { start, end, wants } = expected
  const at = sql.isOpen(start, end) && start < end ? undefined : sql.place(start, end)
  if (!at) return
  const text = sql.text.slice(start, end)
  if (wants === 'tables') yield { kind: 'entity', entity: text, ...told, at }
  if (wants !== 'columns') return
  for (const { table } of expected.sources)
    if (table) yield { kind: 'field', entity: table.name, field: text, ...told, at }
}
