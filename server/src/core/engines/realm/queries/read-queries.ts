// Finds the queries and the sorts in the code of a file: on which class, with which text, with which arguments.

import { computed, type ReadonlySignal } from '@preact/signals-core'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { type WrittenText, writtenText } from '../../../catalog/written-text.ts'
import type { CallFact } from '../../../facts/file-facts.ts'
import type { CallValue } from '../../../source/value.ts'
import type { Place, Span } from '../../../text/span.ts'
import { callIndex } from '../code/call-index.ts'
import { methodCall } from '../code/method-call.ts'
import { type ObjectsFound, objectsOf } from '../code/objects-of.ts'
import { type ParsedQuery, parseQuery } from '../rql/parse-query.ts'
import type { RqlArguments } from '../rql/world.ts'
import type { CodeOfFile } from '../types.ts'
import { givenArguments } from './given-arguments.ts'

/** `results.filtered(text, …args)` where the results certainly are Realm's. */
export interface Query {
  readonly of: ObjectsFound
  readonly call: Located<CallValue>
  readonly fact: CallFact
  /** The first argument. */
  readonly argument: Located
  /** The texts that it may be. */
  readonly texts: readonly QueryText[]
  readonly given: RqlArguments
}

/** One text that a query may be. */
export interface QueryText {
  readonly written: WrittenText
  /** The text read; undefined where a part of it is made at run time. */
  readonly parsed: ParsedQuery | undefined
}

/** `results.sorted(…)` where the results certainly are Realm's. */
export interface Sort {
  readonly of: ObjectsFound
  readonly call: Located<CallValue>
  readonly fact: CallFact
}

/** What a file asks of its realms. */
export interface QueriesOfFile {
  readonly queries: readonly Query[]
  readonly sorts: readonly Sort[]
}

const remembered = new WeakMap<CodeOfFile, ReadonlySignal<QueriesOfFile>>()

/** The queries and sorts of a file. Remembered until something that they depend on changes. */
export function queriesOf(code: CodeOfFile): QueriesOfFile {
  let found = remembered.get(code)
  if (!found) {
    found = computed(() => readQueries(code))
    remembered.set(code, found)
  }
  return found.value
}

function readQueries(code: CodeOfFile): QueriesOfFile {
  const { scope, file } = code
  const index = callIndex(scope.usage(file))
  const on = (name: string) =>
    (index.byName.get(name) ?? []).flatMap(({ call, fact }) => {
      const method = methodCall(call)
      const of = method && objectsOf(code, { value: method.of, file }, fact.fn)
      const isRealms = of && (of.shape === 'results' || of.shape === 'values')
      return isRealms ? [{ of, call: { value: call, file }, fact }] : []
    })
  const queries = on('filtered').flatMap((one): Query[] => {
    const { args } = one.call.value
    const [first] = args
    if (!first || first.kind === 'spread') return []
    const argument: Located = { value: first, file }
    const texts = alternatives(code, argument, 0)
    return [{ ...one, argument, texts, given: givenArguments(scope, file, args, 1) }]
  })
  return { queries, sorts: on('sorted') }
}

/** The texts that an expression may be: both sides of a condition. */
function alternatives(code: CodeOfFile, located: Located, depth: number): readonly QueryText[] {
  const { value, file } = code.scope.follow(located)
  if (value.kind === 'conditional' && depth < 4)
    return [value.whenTrue, value.whenFalse].flatMap(side => alternatives(code, { value: side, file }, depth + 1))
  const written = writtenText(code.scope, located)
  if (!written) return []
  const isStatic = written.parts.every(part => !part.isHole)
  return [{ written, parsed: isStatic ? parseQuery(written.text) : undefined }]
}

/**
 * Where a part of a query stands: its letters, where they are in this file; else the expression that brings them; else
 * the whole argument.
 */
export function placeInQuery({ argument }: Query, { written }: QueryText, { start, end }: Span): Place {
  // A finding needs a letter to stand on.
  const [from, to] = start < end ? [start, end] : start > 0 ? [start - 1, start] : [0, Math.min(1, written.text.length)]
  const place = written.source(from, to)
  if (place?.file === argument.file) return place
  const part = written.parts.find(one => one.start <= from && from < one.end)?.value
  return part?.file === argument.file ? placeOf(part) : placeOf(argument)
}
