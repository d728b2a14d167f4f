// What SQL names: tables and columns, each where its letters stand, and the places where one is expected.

import type { Mention } from '../../../catalog/mention.ts'
import { entityMentions, fieldMentions, type Told } from '../../../catalog/name-mentions.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { type WrittenText, writtenText } from '../../../catalog/written-text.ts'
import { expectedInSql } from '../../../sql/expected-in-sql.ts'
import { namesInSql } from '../../../sql/names-in-sql.ts'
import { nameOf, scanSql } from '../../../sql/scan-sql.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import type { SqlName } from '../../../sql/sql-name.ts'
import type { SqlWorld } from '../../../sql/sql-world.ts'
import { codeCalls } from '../code/code-calls.ts'
import { methodCall, storesOf } from '../code/read-collection.ts'
import { type AskedSql, askedSql } from '../sql/asked-sql.ts'
import { hole, parsableText } from '../sql/holes.ts'
import { knownTable } from '../sql/known-tables.ts'
import { sqlInQueries } from '../sql/sql-in-code.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'

/** The names in the SQL of queries, and of `adapter.unsafeExecute({ sqls: [[sql, values]] })`. */
export function* sqlMentions(code: CodeOfFile): Generator<Mention> {
  const { scope, file } = code
  for (const query of sqlInQueries(code)) {
    const sql = writtenText(scope, query.argument)
    if (!sql) continue
    const text = parsableText(sql)
    for (const store of query.stores) {
      const told: Told = { store: store.name, part: 'sql', role: 'refers', whole: placeOf(query.argument) }
      const asked = askedSql(query, text, name => knownTable(store, name) !== undefined)
      yield* mentionsIn(scope, sql, asked, worldOfStore(store, text), told)
    }
  }
  for (const { call, fact } of codeCalls(code)) {
    const method = methodCall(call, 'unsafeExecute')
    if (method?.of.kind !== 'member' || method.of.name !== 'adapter') continue
    const options = call.args[0] && { value: call.args[0], file }
    const sqls = scope.items(scope.shape(options)?.entries.get('sqls')?.value)?.items ?? []
    const stores = storesOf(code, { value: method.of.of, file }, fact.fn) ?? []
    for (const pair of sqls) {
      const argument = scope.items(pair)?.items[0]
      const sql = argument && writtenText(scope, argument)
      if (!sql) continue
      const text = parsableText(sql)
      for (const store of stores) {
        const told: Told = { store: store.name, part: 'sql', role: 'refers', whole: placeOf(argument) }
        yield* mentionsIn(scope, sql, { text, offset: 0, isWhole: true }, worldOfStore(store, text), told)
      }
    }
  }
}

/** The names in the SQL of a migration step: of tables and columns as they were then, whether or not they are there now. */
export function* mentionsInStep(scope: Scope, argument: Located, told: Told): Generator<Mention> {
  const sql = writtenText(scope, argument)
  if (!sql) return
  const text = parsableText(sql)
  const columns = namesThatMayBeColumns(text)
  const world: SqlWorld = {
    tables: [],
    table: name => (name.includes(hole) ? undefined : { name, columns }),
  }
  yield* mentionsIn(scope, sql, { text, offset: 0, isWhole: true }, world, told)
}

/** The tables of the schema. Where one may have other columns, it has every one that the SQL names. */
function worldOfStore(store: WatermelonStore, text: string): SqlWorld {
  return {
    get tables() {
      return store.tableNames().flatMap(name => this.table(name) ?? [])
    },
    table(name) {
      const found = knownTable(store, name)
      if (!found || found.isSure) return found
      return { name: found.name, columns: [...new Set([...found.columns, ...namesThatMayBeColumns(text)])] }
    },
  }
}

/** Every word but those that `AS` gives, and every name in quotes. */
function namesThatMayBeColumns(sql: string): readonly string[] {
  const tokens = scanSql(sql)
  const written = (index: number) => (tokens[index] ? sql.slice(tokens[index].start, tokens[index].end) : '')
  const names = tokens.flatMap(({ kind }, index) =>
    (kind === 'word' || kind === 'quoted') && !/^as$/i.test(written(index - 1)) ? [nameOf(written(index))] : [],
  )
  return [...new Set(names)]
}

function* mentionsIn(
  scope: Scope,
  sql: WrittenText,
  { text, offset, isWhole }: AskedSql,
  world: SqlWorld,
  where: Told,
): Generator<Mention> {
  const told: Told = { ...where, isSql: true }
  const open = splitStatements(text).filter(({ start, end }) => sql.isOpen(start - offset, end - offset))
  const known = new Set<number>()
  for (const name of namesInSql(text, world)) {
    known.add(name.start)
    const isCertain = isWhole && !open.some(({ start, end }) => start <= name.start && name.end <= end)
    // What is put in at run time may bring other tables; then only a name behind its table's is certain.
    if (name.kind === 'column' && !isCertain && !name.isWritten && !isQualified(text, name.start)) continue
    yield* mentionsOfName(scope, sql, name, offset, told)
  }
  for (const { start, end, kind, table } of expectedInSql(text, known, world)) {
    if (start < offset || (sql.isOpen(start - offset, end - offset) && start < end)) continue
    const at = sql.place(start - offset, end - offset)
    if (!at) continue
    const letters = text.slice(start, end)
    const own = { ...told, at, source: at }
    if (kind === 'table') yield { kind: 'entity', entity: letters, ...own }
    else if (table !== undefined) yield { kind: 'field', entity: table, field: letters, ...own }
  }
}

const isQualified = (sql: string, start: number): boolean =>
  /\.\s*["'`[]?$/.test(sql.slice(Math.max(0, start - 40), start))

function* mentionsOfName(
  scope: Scope,
  sql: WrittenText,
  name: SqlName,
  offset: number,
  told: Told,
): Generator<Mention> {
  const start = name.start - offset
  const end = name.end - offset
  const entity = name.kind === 'table' ? (name.table ?? name.name) : name.table
  if (start < 0 || entity === undefined || (name.kind !== 'table' && name.kind !== 'column')) return
  if (sql.isOpen(start, end)) return
  const field = name.kind === 'column' ? (name.column ?? name.name) : undefined
  const value = sql.value(start, end)
  if (value) {
    yield* field === undefined ? entityMentions(scope, value, told) : fieldMentions(scope, value, entity, told)
    return
  }
  const at = sql.place(start, end)
  if (!at) return
  const own = { ...told, at, source: at }
  yield field === undefined ? { kind: 'entity', entity, ...own } : { kind: 'field', entity, field, ...own }
}
