// The SQL that a file has in its queries.
import type { Located } from '../../../catalog/scope.ts'
import { type WrittenText, writtenText } from '../../../catalog/written-text.ts'
import type { CallValue } from '../../../source/value.ts'
import { projectStores } from '../code/read-collection.ts'
import { type Clause, type Clauses, everyClause } from '../queries/read-clauses.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'

/** The SQL of `Q.unsafeSqlExpr` or `Q.unsafeSqlQuery`. */
export interface SqlInQuery {
  readonly kind: 'statements' | 'condition'
  readonly call: Located<CallValue>
  readonly argument: Located
  /** The databases that it may be run in. */
  readonly stores: readonly WatermelonStore[]
  /** For a condition: the tables that names without one can belong to; undefined where they are not all known. */
  readonly tables: readonly string[] | undefined
}

/** The SQL of queries, that of queries whose table is known first. */
export function* sqlInQueries(code: CodeOfFile): Generator<SqlInQuery> {
  const seen = new Set<unknown>()
  for (const { collection, own, clauses } of queriesOf(code).queries)
    for (const { name, call } of everyClause(own)) {
      const kind = sqlKinds.get(name)
      const argument = firstOf(call)
      if (!kind || !argument || seen.has(call.value)) continue
      seen.add(call.value)
      const tables = kind === 'condition' ? tablesOf(code, collection.table.text, clauses) : undefined
      yield { kind, call, argument, stores: collection.stores, tables }
    }
  for (const { name, call } of code.sites()) {
    const kind = name.startsWith('Q.') ? sqlKinds.get(name.slice(2)) : undefined
    const argument = firstOf(call)
    if (kind && argument && !seen.has(call.value))
      yield { kind, call, argument, stores: projectStores(code), tables: undefined }
  }
}

/** The text of SQL all of whose letters are known. */
export function wholeText(code: CodeOfFile, argument: Located): WrittenText | undefined {
  const sql = writtenText(code.scope, argument)
  return sql && !sql.parts.some(part => part.isHole) ? sql : undefined
}

const sqlKinds: ReadonlyMap<string, SqlInQuery['kind']> = new Map([
  ['unsafeSqlExpr', 'condition'],
  ['unsafeSqlQuery', 'statements'],
])

const firstOf = ({ value, file }: Located<CallValue>): Located | undefined =>
  value.args[0] && { value: value.args[0], file }

/** The table of a query and those that it joins; undefined where some of them are not known. */
function tablesOf({ scope }: CodeOfFile, table: string, clauses: Clauses): readonly string[] | undefined {
  if (!clauses.complete) return undefined
  const joined: string[] = []
  for (const clause of everyClause(clauses)) {
    const names = joinedBy(clause)?.map(one => scope.text(one)?.text)
    if (names && names.length === 0) return undefined
    for (const name of names ?? []) {
      if (name === undefined) return undefined
      joined.push(name)
    }
  }
  return [...new Set([table, ...joined])]

  /** Undefined for clauses that join nothing; empty where what they join is not known. */
  function joinedBy({ name, call }: Clause): readonly Located[] | undefined {
    const args = call.value.args.map((value): Located => ({ value, file: call.file }))
    if (name === 'on') return args.slice(0, 1)
    if (name === 'experimentalNestedJoin') return args.slice(0, 2)
    if (name !== 'experimentalJoinTables') return undefined
    const items = scope.items(args[0])
    return items?.complete ? items.items : []
  }
}
