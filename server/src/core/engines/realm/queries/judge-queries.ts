// Judges the queries of a file, once for all rules about them.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import { contains, type Place } from '../../../text/span.ts'
import { candidates } from '../code/class-of.ts'
import { checkQuery } from '../rql/check-query.ts'
import { parseQuery } from '../rql/parse-query.ts'
import type { RqlProblem, RqlProblemKind } from '../rql/problem.ts'
import type { RqlWorld } from '../rql/world.ts'
import type { CodeOfFile } from '../types.ts'
import { placeInQuery, type Query, type QueryText, queriesOf } from './read-queries.ts'
import { unknownWorld, worldOf } from './rql-world.ts'

/** A problem of a query, where it stands. What is wrong in SORT and DISTINCT is of kind `order`, whatever it is. */
export interface QueryProblem {
  readonly kind: RqlProblemKind
  readonly problem: RqlProblem
  readonly at: Place
  readonly query: Query
  readonly text: QueryText
}

const remembered = new WeakMap<CodeOfFile, ReadonlySignal<readonly QueryProblem[]>>()

/** The problems of one kind. */
export function* queryProblems(code: CodeOfFile, ...kinds: readonly RqlProblemKind[]): Generator<QueryProblem> {
  let found = remembered.get(code)
  if (!found) {
    found = computed(() => judge(code))
    remembered.set(code, found)
  }
  for (const one of found.value) if (kinds.includes(one.kind)) yield one
}

/** The realms that a query may run in, as its checker takes them; none where its class is not known. */
export const worldsOf = ({ of }: Query): readonly RqlWorld[] =>
  candidates(of.stores, of.className).map(one => worldOf(one.store))

/** What is wrong with `text` in place of the query's own, in every realm that it may run in. */
export function problemsOf(query: Query, text: string): readonly RqlProblem[] {
  const parsed = parseQuery(text)
  if (parsed.problems.length > 0) return parsed.problems
  // Values without a class have properties of no kind.
  if (query.of.shape === 'values') return []
  const known = worldsOf(query)
  const worlds = known.length > 0 ? known : [unknownWorld]
  const [first = [], ...others] = worlds.map(world => {
    const { problems, pitfalls } = checkQuery(parsed, world, query.of.className ?? '', query.given)
    return [...problems, ...pitfalls]
  })
  return first.filter(one => others.every(list => list.some(other => isSame(one, other))))
}

const isSame = (a: RqlProblem, b: RqlProblem): boolean =>
  a.kind === b.kind && a.at.start === b.at.start && a.at.end === b.at.end

function judge(code: CodeOfFile): readonly QueryProblem[] {
  const all: QueryProblem[] = []
  const told = new Set<string>()
  for (const query of queriesOf(code).queries)
    for (const text of query.texts) {
      const { parsed } = text
      if (!parsed) continue
      for (const problem of problemsOf(query, parsed.text)) {
        // What one side of a choice leaves out, the other side may use.
        const { argument } = problem
        if (argument !== undefined && query.texts.some(one => !one.parsed || one.parsed.arguments.includes(argument)))
          continue
        const isOrder = parsed.tree.order.some(order => contains(order.at, problem.at))
        const kind = isOrder && problem.kind !== 'syntax' ? 'order' : problem.kind
        const at = placeOfProblem(query, text, problem)
        // A constant that several calls use is wrong once.
        const key = `${at.span.start} ${at.span.end} ${problem.message}`
        if (told.has(key)) continue
        told.add(key)
        all.push({ kind, problem, at, query, text })
      }
    }
  return all
}

function placeOfProblem(query: Query, text: QueryText, { at, argument }: RqlProblem): Place {
  const { file, value } = query.call
  const given = argument === undefined ? undefined : value.args[argument + 1]
  return given ? { file, span: given.at } : placeInQuery(query, text, at)
}
