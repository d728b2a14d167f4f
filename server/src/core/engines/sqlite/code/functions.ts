// Which function an expression stands for.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Binding, UsageFacts } from '../../../facts/file-facts.ts'
import type { Value } from '../../../source/value.ts'

/** A function by its file and its number there. */
export interface FunctionRef {
  readonly file: string
  readonly fn: number
}

/** The function that `located` leads to, also behind `useCallback`; undefined where that is not known. */
export function functionBehind(scope: Scope, located: Located): FunctionRef | undefined {
  const { value, file } = scope.follow(located)
  if (value.kind === 'function') return { file, fn: value.id }
  if (value.kind !== 'call' || value.isNew) return undefined
  const { callee, args } = value
  const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined
  const [first] = args
  return first?.kind === 'function' && (name === 'useCallback' || name === 'useEffectEvent')
    ? { file, fn: first.id }
    : undefined
}

/** The name by which others know a function: its own, or that of the variable or property that holds it. */
export function nameOfFunction(scope: Scope, file: string, fn: number): string | undefined {
  const usage = scope.usage(file)
  const fact = usage?.functions[fn]
  if (fact?.name !== undefined && fact.kind !== 'constructor') return fact.name
  return holderOf(scope, file, fn)?.name
}

/** True for methods, and for functions that are properties of objects: who calls them cannot be followed to them. */
export function isCalledAsMember(scope: Scope, file: string, fn: number): boolean {
  const fact = scope.usage(file)?.functions[fn]
  if (!fact) return false
  return fact.inClass !== undefined || fact.kind === 'method' || holderOf(scope, file, fn)?.isProperty === true
}

/** The name of the variable or property that holds a function. */
interface Holder {
  readonly name: string
  readonly isProperty: boolean
}

const held = new WeakMap<UsageFacts, ReadonlyMap<number, Holder>>()

function holderOf(scope: Scope, file: string, fn: number): Holder | undefined {
  const usage = scope.usage(file)
  const bindings = scope.module(file)?.bindings
  if (!usage || !bindings) return undefined
  let known = held.get(usage)
  if (!known) {
    known = readHolders(bindings, usage)
    held.set(usage, known)
  }
  return known.get(fn)
}

/** Variables that hold functions, also behind `useCallback`, and properties of objects that do. */
function readHolders(bindings: Readonly<Record<string, Binding>>, usage: UsageFacts): ReadonlyMap<number, Holder> {
  const holders = new Map<number, Holder>()
  for (const key in bindings) {
    const { value, name } = bindings[key]!
    const first = value?.kind === 'call' ? value.args[0] : value
    if (first?.kind === 'function') holders.set(first.id, { name, isProperty: false })
    else if (value) nameProperties(value, holders)
  }
  for (const { value } of usage.calls)
    if (value.kind === 'call') for (const one of value.args) nameProperties(one, holders)
  return holders
}

function nameProperties(value: Value, holders: Map<number, Holder>): void {
  if (value.kind === 'array')
    for (const item of value.items) {
      // `steps[i](db)` calls it by no name.
      if (item.kind === 'function') holders.set(item.id, { name: '', isProperty: true })
      else nameProperties(item, holders)
    }
  if (value.kind !== 'object') return
  for (const prop of value.props)
    if (prop.kind === 'named' && prop.value.kind === 'function' && !holders.has(prop.value.id))
      holders.set(prop.value.id, { name: prop.name, isProperty: true })
}
