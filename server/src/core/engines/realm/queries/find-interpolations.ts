// Finds values that are put into the text of a query instead of being given as its arguments.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { TextPart } from '../../../catalog/written-text.ts'
import type { Binding } from '../../../facts/file-facts.ts'
import { callIndex } from '../code/call-index.ts'
import type { RqlToken } from '../rql/tokens.ts'
import { tokenize } from '../rql/tokens.ts'
import type { QueryText } from './read-queries.ts'

/** A stretch of a query that one value stands for: a hole, or a text in quotes that has holes. */
export interface Interpolation {
  /** With its quotes. */
  readonly start: number
  readonly end: number
  readonly isQuoted: boolean
  /** The holes in it, in order. */
  readonly holes: readonly TextPart[]
  /** The first of them that is not chosen from known texts. */
  readonly value: Located
}

/**
 * The values that are put into a query. Names and whole clauses that are put in are left out, and what is chosen from
 * known texts.
 */
export function findInterpolations(scope: Scope, { written }: QueryText): readonly Interpolation[] {
  const { text, parts } = written
  const holes = parts.filter(part => part.isHole)
  if (holes.length === 0) return []
  const { tokens } = tokenize(text)
  const regions = quotedRegions(text, holes)
  return [
    ...regions.filter(region => !isBase64(text, region.start)),
    ...holes
      .filter(hole => !regions.some(region => region.holes.includes(hole)) && isValue(tokens, hole))
      .map(hole => ({ start: hole.start, end: hole.end, isQuoted: false, holes: [hole] })),
  ]
    .flatMap((region): Interpolation[] => {
      const value = region.holes.find(hole => hole.value && !isChosen(scope, hole.value, 0))?.value
      return value ? [{ ...region, value }] : []
    })
    .sort((a, b) => a.start - b.start)
}

type Region = Omit<Interpolation, 'value'>

/** The texts in quotes that have holes; one that does not end is none. */
function quotedRegions(text: string, holes: readonly TextPart[]): readonly Region[] {
  const regions: Region[] = []
  let quote: string | undefined
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const hole = holes.find(one => one.start === i)
    if (hole) {
      i = hole.end - 1
      continue
    }
    const letter = text[i]!
    if (quote === undefined && (letter === '"' || letter === "'")) {
      quote = letter
      start = i
    } else if (quote !== undefined && letter === '\\') i++
    else if (letter === quote) {
      quote = undefined
      const inside = holes.filter(one => start < one.start && one.end <= i)
      if (inside.length > 0) regions.push({ start, end: i + 1, isQuoted: true, holes: inside })
    }
  }
  return regions
}

const isBase64 = (text: string, start: number): boolean => text.slice(0, start).endsWith('B64')

const before = new Set(['equal', 'not-equal', 'relation', 'string-operator', 'text', 'case'])
const after = new Set(['end', 'and', 'or', 'sort', 'distinct', 'limit'])

/** True for a hole that stands where a value does: behind an operator, or in a list. */
function isValue(tokens: readonly RqlToken[], hole: TextPart): boolean {
  const index = tokens.findIndex(({ at }) => at.start === hole.start && at.end === hole.end)
  const previous = tokens[index - 1]
  const next = tokens[index + 1]
  if (index < 0 || !previous || !next) return false
  const isEnd = after.has(next.kind) || (next.kind === 'symbol' && [')', '}', ','].includes(next.text))
  return isEnd && (before.has(previous.kind) || isInList(tokens, index))
}

function isInList(tokens: readonly RqlToken[], index: number): boolean {
  for (let i = index - 1; i >= 0; i--) {
    const { kind, text } = tokens[i]!
    if (kind !== 'symbol') continue
    if (text === '{') return true
    if (text !== ',') return false
  }
  return false
}

/** Choices of choices deeper than this are not looked into. */
const deepest = 8

/** True for one of some known texts: a name or a clause, which no argument can stand for. */
function isChosen(scope: Scope, located: Located, depth: number): boolean {
  if (depth > deepest) return false
  if (scope.text(located) || scope.number(located)) return true
  const { value, file } = scope.follow(located)
  const chosen = (part: Located['value']) => isChosen(scope, { value: part, file }, depth + 1)
  switch (value.kind) {
    case 'conditional':
      return chosen(value.whenTrue) && chosen(value.whenFalse)
    case 'binary':
      return ['||', '??', '+'].includes(value.op) && chosen(value.left) && chosen(value.right)
    case 'template':
      return value.values.every(chosen)
    case 'member': {
      const shape = value.index && scope.shape({ value: value.of, file })
      return (
        shape?.complete === true && [...shape.entries.values()].every(entry => isChosen(scope, entry.value, depth + 1))
      )
    }
    case 'name': {
      const binding = value.key === undefined ? undefined : scope.binding(file, value.key)
      if (binding?.type?.parts.every(part => /^(['"]).*\1$/.test(part))) return true
      return binding?.param !== undefined && isGivenChosen(scope, file, binding.param, depth)
    }
    case 'call': {
      const found = value.isNew ? undefined : scope.follow({ value: value.callee, file })
      const fn = found?.value.kind === 'function' ? scope.usage(found.file)?.functions[found.value.id] : undefined
      if (!found || !fn || fn.returns.length === 0 || fn.isAsync || fn.isGenerator) return false
      return fn.returns.every(one => isChosen(scope, { value: one, file: found.file }, depth + 1))
    }
    default:
      return false
  }
}

/** True for a parameter that each call gives a known text; of functions inside of others, whose calls are all in sight. */
function isGivenChosen(
  scope: Scope,
  file: string,
  { fn, index }: NonNullable<Binding['param']>,
  depth: number,
): boolean {
  const [key, binding] =
    Object.entries(scope.module(file)?.bindings ?? {}).find(
      ([, { value }]) => value?.kind === 'function' && value.id === fn,
    ) ?? []
  if (!binding || binding.fn === undefined) return false
  const calls = (callIndex(scope.usage(file)).byName.get(binding.name) ?? []).flatMap(({ call }) =>
    call.callee.kind === 'name' && call.callee.key === key ? [call] : [],
  )
  return (
    calls.length > 0 &&
    calls.every(({ args }) => {
      const given = args[index]
      return given !== undefined && isChosen(scope, { value: given, file }, depth + 1)
    })
  )
}
