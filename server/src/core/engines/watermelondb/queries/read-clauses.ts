// Reads the clauses of queries: `Q.where(…)`, `Q.on(…)` and the rest, through arrays, spreads and constants.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { Library } from '../imports.ts'

/** One clause of a query. */
export interface Clause {
  /** `where`, `and`, `sortBy` …: the library's name without `Q.`, and without `experimental` where it lost that. */
  readonly name: string
  readonly call: Located<CallValue>
  /** False when a condition decides whether it is part of the query. */
  readonly isCertain: boolean
  /** The clauses in `Q.and`, `Q.or` and `Q.on`. */
  readonly inner: Clauses
}

/** Clauses, and whether these are all there can be. */
export interface Clauses {
  readonly list: readonly Clause[]
  readonly complete: boolean
}

/** What reading needs: `pushed` gives what is pushed to an array of the file, by the key of its binding. */
export interface ClauseReader {
  readonly scope: Scope
  readonly library: Library
  readonly file: string
  pushed(key: string): readonly Value[]
}

const none: Clauses = { list: [], complete: true }

/** Lists nested deeper than this are taken for cycles. */
const deepest = 20

/** Reads the arguments of `query`, `extend`, `Q.and` … Never follows a name that may be assigned again. */
export function readClauses(reader: ClauseReader, values: readonly Located[]): Clauses {
  const list: Clause[] = []
  let complete = true

  const add = ({ value, file }: Located, isCertain: boolean, depth: number): void => {
    const here = (inner: Value): Located => ({ value: inner, file })
    if (depth > deepest) {
      complete = false
      return
    }
    switch (value.kind) {
      case 'spread':
        add(here(value.value), isCertain, depth + 1)
        break
      case 'array':
        for (const item of value.items) add(here(item), isCertain, depth + 1)
        break
      case 'conditional':
        add(here(value.whenTrue), false, depth + 1)
        add(here(value.whenFalse), false, depth + 1)
        break
      case 'binary':
        if (value.op !== '&&') add(here(value.left), false, depth + 1)
        add(here(value.right), false, depth + 1)
        break
      case 'null':
      case 'undefined':
      case 'boolean':
        break
      case 'call':
        addCall({ value, file }, isCertain, depth)
        break
      default:
        addNamed({ value, file }, isCertain, depth)
    }
  }

  const addNamed = ({ value, file }: Located, isCertain: boolean, depth: number): void => {
    const found = reader.scope.follow({ value, file })
    // Whoever holds a list may change it.
    if (found.value === value || found.value.kind === 'array') complete = false
    if (found.value === value) return
    add(found, isCertain, depth + 1)
    if (found.value.kind !== 'array' || value.kind !== 'name' || value.key === undefined || file !== reader.file) return
    for (const pushed of reader.pushed(value.key)) add({ value: pushed, file }, false, depth + 1)
  }

  const addCall = (call: Located<CallValue>, isCertain: boolean, depth: number): void => {
    const clause = readClause(reader, call, isCertain)
    if (clause) {
      list.push(clause)
      return
    }
    const { callee, args } = call.value
    const [first] = args
    const isFilter = callee.kind === 'member' && callee.name === 'filter'
    if (isFilter && first?.kind === 'name' && first.name === 'Boolean') {
      add({ value: callee.of, file: call.file }, false, depth + 1)
      return
    }
    // One clause, or several, for each item of a list that only running the code would tell.
    if (
      callee.kind === 'member' &&
      (callee.name === 'map' || callee.name === 'flatMap') &&
      first?.kind === 'function'
    ) {
      complete = false
      for (const made of reader.scope.usage(call.file)?.functions[first.id]?.returns ?? [])
        add({ value: made, file: call.file }, false, depth + 1)
      return
    }
    const found = reader.scope.follow(call)
    if (found.value.kind === 'call') complete = false
    else add(found, isCertain, depth + 1)
  }

  for (const value of values) add(value, true, 0)
  return { list, complete }
}

/** The clause that a call makes; undefined for calls of anything else. */
export function readClause(reader: ClauseReader, call: Located<CallValue>, isCertain = true): Clause | undefined {
  const called = reader.library.calleeOf(reader.scope, call)
  const name = called?.startsWith('Q.') ? clauseName(called.slice(2)) : undefined
  return name && clauseNames.has(name) ? { name, call, isCertain, inner: innerOf(reader, name, call) } : undefined
}

/** The present name of a function of `Q` (until 0.24 some began with `experimental`). */
export const clauseName = (name: string): string =>
  name.replace(/^experimental(SortBy|Take|Skip)$/, (_, word: string) => word.charAt(0).toLowerCase() + word.slice(1))

const clauseNames: ReadonlySet<string> = new Set([
  'where',
  'and',
  'or',
  'on',
  'sortBy',
  'take',
  'skip',
  'experimentalJoinTables',
  'experimentalNestedJoin',
  'unsafeSqlExpr',
  'unsafeSqlQuery',
  'unsafeLokiExpr',
  'unsafeLokiTransform',
])

function innerOf(reader: ClauseReader, name: string, { value, file }: Located<CallValue>): Clauses {
  if (name === 'and' || name === 'or')
    return readClauses(
      reader,
      value.args.map(arg => ({ value: arg, file })),
    )
  const [, second, third] = value.args
  // A call that is not finished yet seems to end in a spread.
  if (name !== 'on' || !second || (third && third.kind !== 'spread')) return none
  return readClauses(reader, [{ value: second, file }])
}

/** Every clause with what is inside it, outermost first. */
export function* everyClause(clauses: Clauses): Generator<Clause> {
  for (const clause of clauses.list) {
    yield clause
    yield* everyClause(clause.inner)
  }
}
