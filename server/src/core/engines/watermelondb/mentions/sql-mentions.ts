// What SQL names: tables and columns, each where its letters stand.
import type { Mention } from '../../../catalog/mention.ts'
import { entityMentions, fieldMentions, type Told } from '../../../catalog/name-mentions.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { type WrittenText, writtenText } from '../../../catalog/written-text.ts'
import { codeCalls } from '../code/code-calls.ts'
import { methodCall, storesOf } from '../code/read-collection.ts'
import { placeOf } from '../schema/read-table.ts'
import { sqlArguments } from '../sql/sql-in-code.ts'
import { namesInExpression, namesInStatement, type SqlNames } from '../sql/sql-names.ts'
import { isWord, type SqlToken, statementsOfSql, tokensOfSql } from '../sql/sql-tokens.ts'
import type { CodeOfFile } from '../types.ts'
import { namesInDefinition } from './sql-definitions.ts'

/** The names in the SQL of queries, and of `adapter.unsafeExecute({ sqls: [[sql, values]] })`. */
export function* sqlMentions(code: CodeOfFile): Generator<Mention> {
  const { scope, file } = code
  for (const { argument, kind, stores, table } of sqlArguments(code))
    for (const store of stores) {
      const told: Told = { store: store.name, part: 'sql', role: 'refers', whole: placeOf(argument) }
      yield* mentionsInSql(scope, argument, told, kind === 'expression' ? { table } : undefined)
    }
  for (const { call, fact } of codeCalls(code)) {
    const method = methodCall(call, 'unsafeExecute')
    if (method?.of.kind !== 'member' || method.of.name !== 'adapter') continue
    const options = call.args[0] && { value: call.args[0], file }
    const sqls = scope.items(scope.shape(options)?.entries.get('sqls')?.value)?.items ?? []
    const stores = storesOf(code, { value: method.of.of, file }, fact.fn) ?? []
    for (const pair of sqls) {
      const sql = scope.items(pair)?.items[0]
      if (!sql) continue
      for (const { name: store } of stores)
        yield* mentionsInSql(scope, sql, { store, part: 'sql', role: 'refers', whole: placeOf(sql) })
    }
  }
}

/** The names in statements, or, with `expression`, in a condition of a query on its table. */
export function* mentionsInSql(
  scope: Scope,
  argument: Located,
  told: Told,
  expression?: { readonly table: string | undefined },
): Generator<Mention> {
  const sql = writtenText(scope, argument)
  const tokens = sql && tokensOfSql(sql.text)
  if (!sql || !tokens) return
  for (const own of expression ? [tokens] : statementsOfSql(tokens)) {
    const names = expression
      ? namesInExpression(own, expression.table)
      : (namesInStatement(own) ?? namesInDefinition(own))
    if (names) yield* mentionsOfNames(scope, sql, names, own, told)
  }
  const last = tokens.at(-1)
  // A table's name is about to be written.
  if (last && ['from', 'join', 'into', 'update'].some(word => isWord(last, word)) && last.end < sql.text.length) {
    const at = sql.place(sql.text.length, sql.text.length)
    if (at) yield { kind: 'entity', entity: '', ...told, at, source: at }
  }
}

function* mentionsOfNames(
  scope: Scope,
  sql: WrittenText,
  names: SqlNames,
  tokens: readonly SqlToken[],
  told: Told,
): Generator<Mention> {
  const hasHoles = tokens.some(token => sql.isOpen(token.start, token.end))
  for (const token of names.tables) {
    if (sql.isOpen(token.start, token.end)) continue
    const value = sql.value(token.start, token.end)
    const at = value ? undefined : placeOfToken(sql, token)
    if (value) yield* entityMentions(scope, value, told)
    if (at) yield { kind: 'entity', entity: token.text, ...told, at, source: at }
  }
  for (const { table, column } of names.columns) {
    if (sql.isOpen(column.start, column.end)) continue
    // What is put in at run time may bring other tables; then only a name behind its table's is certain.
    const before = tokens[tokens.indexOf(column) - 1]
    if (hasHoles && before?.text !== '.') continue
    const isKnown = names.tables.every(one => one.text !== table || !sql.isOpen(one.start, one.end))
    if (!isKnown) continue
    const value = sql.value(column.start, column.end)
    const at = value ? undefined : placeOfToken(sql, column)
    if (value) yield* fieldMentions(scope, value, table, told)
    if (at) yield { kind: 'field', entity: table, field: column.text, ...told, at, source: at }
  }
}

/** The place of a name in SQL, without its quotes. */
function placeOfToken(sql: WrittenText, { start, end, kind, text }: SqlToken) {
  if (kind !== 'name') return sql.place(start, end)
  return end - start === text.length + 2 ? sql.place(start + 1, end - 1) : undefined
}
