// What an expression may stand for where it is one of a list, or what callers give.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Binding } from '../../../facts/file-facts.ts'
import type { CallValue, MemberValue, Value } from '../../../source/value.ts'
import type { Callers } from './callers.ts'
import { methodBehind } from './classes.ts'
import { type FunctionRef, functionBehind, isCalledAsMember, nameOfFunction } from './functions.ts'
import { type CallPart, usesOf } from './uses.ts'

/** One of the values that an expression may have. */
export interface Possible {
  readonly value: Located
  /** The call by which it is given, where the expression is a parameter. */
  readonly via: CallPart | undefined
  /** The element of the list that it is, or is a part of. */
  readonly element: Located | undefined
}

/** Values found, and whether there may be others. */
export interface Possibles {
  readonly values: readonly Possible[]
  readonly complete: boolean
}

/** What values are found by. */
export interface ValueWorld {
  readonly scope: Scope
  readonly callers: Callers
}

const deepest = 8
/** A function that is given more lists than this is one of many uses. */
const mostLists = 200
/** Methods of lists that give the same elements, or some of them. */
const views = /^(?:filter|sort|toSorted|slice|reverse|toReversed|concat|map|values)$/
/** Methods that call their argument with each element. */
const iterating = /^(?:forEach|map|flatMap|filter|some|every|find)$/

/**
 * The values that `located` may have besides the one it is written as; undefined where it is no parameter and no part of
 * a list.
 */
export function possibleValues(world: ValueWorld, located: Located, depth = 0): Possibles | undefined {
  const { scope } = world
  if (depth > deepest) return undefined
  const { value, file } = located
  if (value.kind === 'name' && value.key !== undefined) {
    const binding = scope.binding(file, value.key)
    if (binding?.param) return ofParameter(world, file, binding, depth)
    if (binding?.value && binding.value.kind !== 'unknown')
      return possibleValues(world, { value: binding.value, file }, depth + 1)
    return undefined
  }
  if (value.kind !== 'member') return undefined
  if (isAnyIndex(scope, value, file)) {
    const list = elementsOf(world, { value: value.of, file }, depth + 1)
    return (
      list && {
        values: list.items.map(item => ({ value: item, via: undefined, element: item })),
        complete: list.complete,
      }
    )
  }
  const { name } = value
  const holders = possibleValues(world, { value: value.of, file }, depth + 1)
  if (!holders) return undefined
  const parts = holders.values.flatMap(one => partOf(scope, one, value, name) ?? [])
  return { values: parts, complete: holders.complete && parts.length === holders.values.length }
}

function partOf(scope: Scope, one: Possible, { index }: MemberValue, name: string | undefined): Possible | undefined {
  const number = index && index.kind === 'number' ? index.value : undefined
  const found =
    name !== undefined
      ? scope.shape(one.value)?.entries.get(name)?.value
      : number === undefined
        ? undefined
        : scope.items(one.value)?.items[number]
  return found && { ...one, value: found, element: one.element ?? one.value }
}

/** `list[i]`, and the name that a loop gives to one after the other. */
const isAnyIndex = (scope: Scope, { index, name }: MemberValue, file: string): boolean =>
  name === undefined &&
  index !== undefined &&
  scope.number({ value: index, file }) === undefined &&
  scope.text({ value: index, file }) === undefined

function ofParameter(world: ValueWorld, file: string, { param, name }: Binding, depth: number): Possibles | undefined {
  const { scope } = world
  const { fn, index } = param!
  const home = usesOf(file, scope.usage(file)).homes.get(fn)
  const isWhole = scope.usage(file)?.functions[fn]?.params[index]?.length === 1
  if (home?.to.kind === 'argument') {
    const { callee } = home.to.call
    const isEach = callee.kind === 'member' && iterating.test(callee.name ?? '') && home.to.index === 0
    const list = isEach && index === 0 ? elementsOf(world, { value: callee.of, file }, depth + 1) : undefined
    if (!list) return undefined
    const values = list.items.flatMap((item): readonly Possible[] => {
      const value = isWhole ? item : scope.shape(item)?.entries.get(name)?.value
      return value ? [{ value, via: undefined, element: item }] : []
    })
    return { values, complete: list.complete && values.length === list.items.length }
  }
  const called = nameOfFunction(scope, file, fn)
  if (called === undefined || !isWhole) return undefined
  const values: Possible[] = []
  let complete = true
  for (const part of world.callers.calls(called)) {
    if (!callsIt(world, part, file, fn, depth)) continue
    const argument = part.call.args[index]
    if (!argument) continue
    if (argument.kind === 'spread') complete = false
    else values.push({ value: { value: argument, file: part.file }, via: part, element: undefined })
  }
  return values.length > 0 ? { values, complete } : undefined
}

/** True where a call by the right name certainly is one of the function. */
export function callsIt(
  world: ValueWorld,
  { call, file: at }: Pick<CallPart, 'call' | 'file'>,
  file: string,
  fn: number,
  depth = 0,
): boolean {
  const { scope } = world
  const callee = { value: call.callee, file: at }
  const isIt = (found: FunctionRef | undefined) => found?.file === file && found.fn === fn
  if (!isCalledAsMember(scope, file, fn)) return isIt(functionBehind(scope, callee))
  if (call.callee.kind !== 'member') return false
  if (isIt(functionBehind(scope, callee))) return true
  const fact = scope.usage(file)?.functions[fn]
  if (fact?.inClass !== undefined) return methodBehind(scope, callee)?.fact === fact
  const possible = possibleValues(world, callee, depth + 1)?.values ?? []
  return possible.some(one => isIt(functionBehind(scope, one.value)))
}

/** The elements of a list, also where a part of it is taken. */
export function elementsOf(
  world: ValueWorld,
  located: Located,
  depth = 0,
): { readonly items: readonly Located[]; readonly complete: boolean } | undefined {
  const { scope } = world
  if (depth > deepest) return undefined
  const found = scope.follow(located)
  const { value, file } = found
  if (value.kind === 'array') {
    const [only] = value.items
    if (value.items.length === 1 && only?.kind === 'spread')
      return elementsOf(world, { value: only.value, file }, depth + 1)
    return scope.items(found)
  }
  if (value.kind === 'call' && value.callee.kind === 'member' && views.test(value.callee.name ?? '')) {
    const isObject = value.callee.of.kind === 'name' && value.callee.of.name === 'Object'
    if (isObject) return scope.items(found)
    // `list.map(one => one)` is left alone: what it gives is another list.
    return value.callee.name === 'map' ? undefined : elementsOf(world, { value: value.callee.of, file }, depth + 1)
  }
  if (value.kind === 'call' && isEntries(value)) {
    const shape = value.args[0] && scope.shape({ value: value.args[0], file })
    return shape && { items: [...shape.entries.values()].map(entry => entry.value), complete: shape.complete }
  }
  if (value.kind === 'name' && value.key !== undefined && scope.binding(file, value.key)?.param)
    return ofLists(possibleValues(world, found, depth + 1), world, depth)
  if (value.kind === 'member' && value.of.kind === 'this' && value.name !== undefined)
    return ofField(world, file, value.name, value, depth)
  return undefined
}

const isEntries = (call: CallValue): boolean =>
  call.callee.kind === 'member' &&
  call.callee.name === 'entries' &&
  call.callee.of.kind === 'name' &&
  call.callee.of.name === 'Object'

/** The elements of all lists that callers give. */
function ofLists(possibles: Possibles | undefined, world: ValueWorld, depth: number) {
  if (!possibles || possibles.values.length > mostLists) return undefined
  const lists = possibles.values.map(one => elementsOf(world, one.value, depth + 1))
  if (lists.every(list => list === undefined)) return undefined
  return {
    items: lists.flatMap(list => list?.items ?? []),
    complete: possibles.complete && lists.every(list => list?.complete === true),
  }
}

/** `this.migrations`, by what the class gives it. */
function ofField(world: ValueWorld, file: string, name: string, { at }: Value, depth: number) {
  const { scope } = world
  for (const key of scope.classKeys(file)) {
    const fact = scope.classOf(file, key)
    if (!fact || at.start < fact.bodyAt.start || fact.bodyAt.end < at.end) continue
    const initializer = fact.members.find(one => one.name === name)?.initializer
    const assigned = (scope.usage(file)?.assigns ?? []).filter(
      one =>
        one.target.kind === 'member' &&
        one.target.name === name &&
        fact.bodyAt.start <= one.at.start &&
        one.at.end <= fact.bodyAt.end,
    )
    for (const value of [initializer, ...assigned.map(one => one.value)]) {
      const found = value && value.kind !== 'null' ? ofGiven(world, file, fact.name, value, depth) : undefined
      if (found && found.items.length > 0) return found
    }
  }
  return undefined
}

/** What a field is given: a list, or a parameter of the constructor, which those who make objects of the class give. */
function ofGiven(world: ValueWorld, file: string, className: string, value: Value, depth: number) {
  const { scope } = world
  const direct = elementsOf(world, { value, file }, depth + 1)
  if (direct) return direct
  let inner = value
  while (inner.kind === 'call' && inner.callee.kind === 'member') inner = inner.callee.of
  if (inner.kind === 'array' && inner.items[0]?.kind === 'spread') inner = inner.items[0].value
  const param = inner.kind === 'name' && inner.key !== undefined ? scope.binding(file, inner.key)?.param : undefined
  if (!param || scope.usage(file)?.functions[param.fn]?.kind !== 'constructor') return undefined
  const made = world.callers.calls(className).filter(({ call }) => call.isNew)
  const [first, ...others] = made
  const argument = first?.call.args[param.index]
  return argument && others.length === 0
    ? elementsOf(world, { value: argument, file: first.file }, depth + 1)
    : undefined
}
