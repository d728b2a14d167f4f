// Judges what `sorted()` is given.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import { closest } from '../../../text/similar.ts'
import type { Place } from '../../../text/span.ts'
import { candidates } from '../code/class-of.ts'
import type { RqlClass, RqlProperty, RqlWorld } from '../rql/world.ts'
import { propertyCalled } from '../rql/world.ts'
import type { CodeOfFile } from '../types.ts'
import type { Sort } from './read-queries.ts'
import { worldOf } from './rql-world.ts'

/** What is wrong with a sort. `by` is what takes the place of `at`, where that is sure; it is source text. */
export interface SortProblem {
  readonly at: Place
  readonly message: string
  /** `key`: a literal is to say this. `text`: this takes the place of `replaced`, or of `at`. */
  readonly mend?:
    | { readonly kind: 'key'; readonly literal: Located; readonly text: string }
    | { readonly kind: 'descending'; readonly literal: Located; readonly key: string; readonly isDescending: boolean }
    | { readonly kind: 'direction'; readonly value: Value; readonly isDescending: boolean }
    | { readonly kind: 'unwrap'; readonly array: Value & { readonly kind: 'array' } }
}

/** What is wrong with a sort, in every realm that it may run in. */
export function* sortProblems(code: CodeOfFile, sort: Sort): Generator<SortProblem> {
  const { scope } = code
  const { value, file } = sort.call
  const [first, second] = value.args
  if (!first || value.args.some(argument => argument.kind === 'spread')) return
  const located: Located = { value: first, file }
  const items = scope.follow(located)
  if (items.value.kind !== 'array') {
    yield* keyProblems(code, sort, located)
    if (second && scope.text(located)) yield* directionProblems(code, { value: second, file }, false)
    return
  }
  const list = items.value.items
  const [key, direction] = list
  const isPair = list.length === 2 && key && direction && scope.text({ value: key, file: items.file })
  if (isPair && scope.boolean({ value: direction, file: items.file }) !== undefined) {
    const message =
      'An array lists several keys, and "true" is none, so this throws. One key and its direction are two arguments.'
    const isHere = items.value === first && value.args.length === 1
    yield { at: placeOf(located), message, ...(isHere && { mend: { kind: 'unwrap', array: items.value } }) }
    return
  }
  for (const item of list) {
    const own: Located = { value: item, file: items.file }
    const pair = scope.follow(own)
    if (pair.value.kind !== 'array') {
      yield* keyProblems(code, sort, own)
      continue
    }
    const [name, by] = pair.value.items
    if (name) yield* keyProblems(code, sort, { value: name, file: pair.file })
    if (by) yield* directionProblems(code, { value: by, file: pair.file }, true)
  }
}

function* directionProblems({ scope }: CodeOfFile, direction: Located, throws: boolean): Generator<SortProblem> {
  const text = scope.text(direction)?.text
  if (text === undefined) return
  const hurts = throws ? 'so this throws' : 'so this always sorts ascending'
  const isKnown = /^(?:asc|desc)(?:ending)?$/i.test(text)
  yield {
    at: placeOf(direction),
    message: `The direction of "sorted" is a boolean, ${hurts}: true sorts descending, false ascending.`,
    ...(isKnown && { mend: { kind: 'direction', value: direction.value, isDescending: /^desc/i.test(text) } }),
  }
}

function* keyProblems(code: CodeOfFile, sort: Sort, literal: Located): Generator<SortProblem> {
  const key = code.scope.text(literal)
  if (!key || sort.of.shape !== 'results') return
  const worlds = candidates(sort.of.stores, sort.of.className).map(one => worldOf(one.store))
  const problems = worlds.map(world => keyProblem(world, sort.of.className!, key.text))
  const [problem] = problems
  if (!problem || problems.some(one => one === undefined)) return
  const written = /^(\S+)\s+(asc|desc)(?:ending)?$/i.exec(key.text)
  if (written && worlds.every(world => !keyProblem(world, sort.of.className!, written[1]!))) {
    const isDescending = written[2]!.toLowerCase() === 'desc'
    const { value } = sort.call
    const isAlone = value.args.length === 1 || value.args[0] !== literal.value
    yield {
      at: placeOf(literal),
      message: `"${key.text}" counts as the name of a property, so this throws: the direction is a value of its own, true for descending.`,
      ...(isAlone && { mend: { kind: 'descending', literal, key: written[1]!, isDescending } }),
    }
    return
  }
  const { message, meant } = problem
  yield { at: placeOf(literal), message, ...(meant !== undefined && { mend: { kind: 'key', literal, text: meant } }) }
}

interface KeyProblem {
  readonly message: string
  readonly meant?: string
}

/** Why Realm cannot sort by a key path; undefined where it can, or where too little is known. */
function keyProblem(world: RqlWorld, className: string, path: string): KeyProblem | undefined {
  const parts = path.split('.')
  let one: RqlClass | undefined = world.classOf(className)
  for (const [i, part] of parts.entries()) {
    if (!one || part === 'self') return undefined
    const [, name = part, key] = /^(.+?)\[.*\]$/.exec(part) ? /^(.+?)(\[.*\])$/.exec(part)! : []
    const property: RqlProperty | undefined = propertyCalled(one, name)
    const cannot = `Cannot sort on key path "${path}"`
    if (!property) {
      if (!one.complete) return undefined
      const meant = closest(
        name,
        one.properties.map(({ name: known }) => known),
      )
      const message = `${cannot}: class "${one.name}" has no property "${name}", so this throws.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`
      if (meant === undefined) return { message }
      return { message, meant: [...parts.slice(0, i), meant, ...parts.slice(i + 1)].join('.') }
    }
    if (property.type === 'unknown') return undefined
    const full = `"${one.name}.${property.name}"`
    if (property.collection === 'dictionary') {
      if (key !== undefined) return undefined
      return { message: `${cannot}: ${full} is a dictionary, so this throws.` }
    }
    if (property.collection || property.type === 'linkingObjects')
      return { message: `${cannot}: ${full} is a collection, so this throws.` }
    const isLast = i === parts.length - 1
    if (property.type === 'object') {
      if (isLast) return { message: `${cannot}: ${full} is an object, so this throws. Name one of its properties.` }
      one = property.objectType === undefined ? undefined : world.classOf(property.objectType)
      continue
    }
    if (property.type === 'mixed' || key !== undefined) return undefined
    if (!isLast) return { message: `${cannot}: ${full} is no object, so this throws.` }
    if (property.type === 'data') return { message: `${cannot}: ${full} is binary data, so this throws.` }
  }
  return undefined
}
