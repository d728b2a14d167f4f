// Every place where a query names a column, with the table whose column it must be.
import type { Named } from '../../../catalog/catalog.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue } from '../../../source/value.ts'
import type { Library } from '../imports.ts'
import type { Clause, Clauses } from './read-clauses.ts'

/** A column that a query names. */
export interface NamedColumn {
  /** The table's name. */
  readonly table: string
  readonly column: Named
  /** The argument as written. */
  readonly literal: Located
  /** What it is compared with, where it is compared. */
  readonly compared: Located | undefined
  /** The clause that names it. */
  readonly call: Located<CallValue>
}

/** The columns that `clauses` name in a query on `table`. Clauses in `Q.on` speak of the joined table. */
export function* columnsOf(scope: Scope, library: Library, table: string, clauses: Clauses): Generator<NamedColumn> {
  for (const clause of clauses.list) yield* columnsOfClause(scope, library, table, clause)
}

function* columnsOfClause(scope: Scope, library: Library, table: string, clause: Clause): Generator<NamedColumn> {
  const { value, file } = clause.call
  const spread = value.args.findIndex(arg => arg.kind === 'spread')
  // What stands before a spread keeps its place; a call that is not finished yet seems to end in one.
  const known = spread < 0 ? value.args : value.args.slice(0, spread)
  const [first, second, third] = known.map((arg): Located => ({ value: arg, file }))
  const named = function* (of: string, literal: Located | undefined, compared?: Located): Generator<NamedColumn> {
    const column = scope.text(literal)
    if (column && literal) yield { table: of, column, literal, compared, call: clause.call }
    const other = compared && columnCall(scope, library, compared)
    const otherName = scope.text(other)
    if (other && otherName)
      yield { table: of, column: otherName, literal: other, compared: undefined, call: clause.call }
  }
  switch (clause.name) {
    case 'where':
      yield* named(table, first, second)
      return
    case 'sortBy':
      yield* named(table, first)
      return
    case 'and':
    case 'or':
      yield* columnsOf(scope, library, table, clause.inner)
      return
    case 'on': {
      const joined = scope.text(first)?.text
      if (joined === undefined) return
      if (third || scope.text(second)) yield* named(joined, second, third)
      else yield* columnsOf(scope, library, joined, clause.inner)
    }
  }
}

/** The argument of the `Q.column(…)` that a comparison compares with: `Q.eq(Q.column('c'))`. */
function columnCall(scope: Scope, library: Library, compared: Located): Located | undefined {
  const call = comparisonOf(scope, library, compared)
  const argument = call?.args[0]
  if (!call || !argument) return undefined
  const inner = comparisonOf(scope, library, argument)
  return inner?.name === 'column' ? inner.args[0] : undefined
}

/** A call of one of the library's comparisons. */
export interface Comparison {
  /** `eq`, `oneOf`, `column` …: the library's name without `Q.`. */
  readonly name: string
  readonly call: Located<CallValue>
  readonly args: readonly Located[]
}

/** `Q.eq(…)` and its like; undefined for everything else. */
export function comparisonOf(scope: Scope, library: Library, located: Located): Comparison | undefined {
  const found = scope.follow(located)
  if (found.value.kind !== 'call') return undefined
  const call = { value: found.value, file: found.file }
  const name = library.calleeOf(scope, call)
  if (!name?.startsWith('Q.')) return undefined
  return { name: name.slice(2), call, args: call.value.args.map(value => ({ value, file: call.file })) }
}
