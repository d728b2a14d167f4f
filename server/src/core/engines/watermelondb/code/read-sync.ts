// Calls of synchronize(): their options, and the functions that pull and push.
import type { Entry, Located } from '../../../catalog/scope.ts'
import type { CallFact, FunctionFact } from '../../../facts/file-facts.ts'
import { type CallValue, type Value, walkValue } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'
import { methodCall, projectStores, storesOf } from './read-collection.ts'

/** A function by its file and its id in that file's facts. */
export interface FunctionRef {
  readonly file: string
  readonly id: number
}

/** One call of `synchronize({…})`. */
export interface SyncCall {
  readonly call: Located<CallValue>
  readonly fact: CallFact
  /** The name that is called. */
  readonly at: Place
  readonly entries: ReadonlyMap<string, Entry>
  /** False when some options could not be read. */
  readonly complete: boolean
  /** The object literal of the options. */
  readonly options: Located | undefined
  /** The database it may mean; a rule must hold for each. */
  readonly stores: readonly WatermelonStore[]
  readonly pull: FunctionRef | undefined
  readonly push: FunctionRef | undefined
}

/** The syncs of a file; empty, at no cost, where there is none. */
export const syncsOf = (code: CodeOfFile): readonly SyncCall[] =>
  code.sites().flatMap(site => (site.name === 'synchronize' ? [readSync(code, site.call, site.fact)] : []))

function readSync(code: CodeOfFile, call: Located<CallValue>, fact: CallFact): SyncCall {
  const { scope } = code
  const options = optionsOf(code, call)
  const shape = scope.shape(options)
  const entries = shape?.entries ?? new Map<string, Entry>()
  const database = entries.get('database')?.value
  const functionOf = (name: string) => {
    const value = entries.get(name)?.value
    return value && functionRef(code, value, value.file === call.file ? fact.fn : undefined)
  }
  return {
    call,
    fact,
    at: {
      file: call.file,
      span: call.value.callee.kind === 'member' ? call.value.callee.nameAt : call.value.callee.at,
    },
    entries,
    complete: shape?.complete ?? false,
    options: options?.value.kind === 'object' ? options : undefined,
    stores: (database && storesOf(code, database, fact.fn)) ?? projectStores(code),
    pull: functionOf('pullChanges'),
    push: functionOf('pushChanges'),
  }
}

/** The object of the options, also where a function makes it out of its arguments. */
function optionsOf(code: CodeOfFile, call: Located<CallValue>): Located | undefined {
  const argument = call.value.args[0]
  if (!argument) return undefined
  const found = code.scope.follow({ value: argument, file: call.file })
  const ref =
    found.value.kind === 'call'
      ? functionRef(code, { value: found.value.callee, file: found.file }, undefined)
      : undefined
  const made = ref && functionFact(code, ref)
  const [result] = made?.returns.length === 1 && !made.canFallThrough ? made.returns : []
  return ref && result ? code.scope.follow({ value: result, file: ref.file }) : found
}

/** The function that an expression stands for; `fn` is the function around it, for `this`. */
export function functionRef(code: CodeOfFile, located: Located, fn: number | undefined): FunctionRef | undefined {
  const { scope } = code
  const bound = methodCall(located.value, 'bind')
  if (bound) return functionRef(code, { value: bound.of, file: located.file }, fn)
  const target = scope.target(located)
  if (target.kind === 'value' && target.located.value.kind === 'function')
    return { file: target.located.file, id: target.located.value.id }
  const { value, file } = located
  if (value.kind !== 'member' || value.name === undefined) return undefined
  if (value.of.kind === 'this') {
    const key = classAround(code, file, fn)
    return key === undefined ? undefined : methodRef(code, file, key, value.name, false)
  }
  const owner = scope.target({ value: value.of, file })
  return owner.kind === 'value' && owner.located.value.kind === 'class'
    ? methodRef(code, owner.located.file, owner.located.value.key, value.name, true)
    : undefined
}

function classAround(code: CodeOfFile, file: string, fn: number | undefined): string | undefined {
  const functions = code.scope.usage(file)?.functions
  for (let at = fn; at !== undefined; at = functions?.[at]?.parent) {
    const key = functions?.[at]?.inClass
    if (key !== undefined) return key
  }
  return undefined
}

function methodRef(
  code: CodeOfFile,
  file: string,
  key: string,
  name: string,
  isStatic: boolean,
): FunctionRef | undefined {
  const member = code.scope.classOf(file, key)?.members.find(one => one.name === name && one.isStatic === isStatic)
  const id = member?.fn ?? (member?.initializer?.kind === 'function' ? member.initializer.id : undefined)
  return id === undefined || member?.decorators.length ? undefined : { file, id }
}

/** The facts of a function. */
export const functionFact = (code: CodeOfFile, ref: FunctionRef): FunctionFact | undefined =>
  code.scope.usage(ref.file)?.functions[ref.id]

/** Calls of calls deeper than this are not followed. */
const deepest = 6

/** Everything a function may give back, through names, `await`, choices and calls of known functions; what is not known stays as it is written. */
export function resultsOf(code: CodeOfFile, ref: FunctionRef, depth = 0): readonly Located[] {
  const fn = functionFact(code, ref)
  if (!fn || fn.isGenerator || depth > deepest) return []
  return fn.returns.flatMap(value => expand(code, { value, file: ref.file }, ref.id, depth))
}

function expand(code: CodeOfFile, located: Located, fn: number, depth: number): readonly Located[] {
  const { value, file } = located
  const again = (inner: Value): readonly Located[] => expand(code, { value: inner, file }, fn, depth + 1)
  if (depth > deepest) return [located]
  if (value.kind === 'await') return again(value.value)
  if (value.kind === 'conditional') return [...again(value.whenTrue), ...again(value.whenFalse)]
  if (value.kind === 'binary' && (value.op === '||' || value.op === '??'))
    return [...again(value.left), ...again(value.right)]
  if (value.kind === 'name') {
    const found = stable(code, located)
    return found && found.value.kind !== 'name' ? expand(code, found, fn, depth + 1) : [located]
  }
  const method = methodCall(value, 'resolve')
  if (method?.of.kind === 'name' && method.of.name === 'Promise' && method.call.args[0])
    return again(method.call.args[0])
  if (value.kind !== 'call' || value.isNew) return [located]
  const called = functionRef(code, { value: value.callee, file }, fn)
  const results = called ? resultsOf(code, called, depth + 1) : []
  return results.length > 0 ? results : [located]
}

/** What a constant holds, when nothing in its file changes what is in it; other values are themselves. */
export function stable(code: CodeOfFile, located: Located): Located | undefined {
  const { value, file } = located
  if (value.kind !== 'name' || value.key === undefined) return located
  const binding = code.scope.module(file)?.bindings[value.key]
  if (binding?.import) return code.scope.follow(located)
  if (!binding?.value || isChanged(code, file, value.key)) return undefined
  return stable(code, { value: binding.value, file })
}

function isChanged(code: CodeOfFile, file: string, key: string): boolean {
  const usage = code.scope.usage(file)
  const isRoot = (value: Value): boolean =>
    value.kind === 'member' ? isRoot(value.of) : value.kind === 'name' && value.key === key
  if (usage?.assigns.some(one => isRoot(one.target))) return true
  return (usage?.calls ?? []).some(fact =>
    [...walkValue(fact.value)].some(part => {
      if (part.kind !== 'call') return false
      const { callee } = part
      const isHarmless =
        callee.kind === 'member' &&
        callee.of.kind === 'name' &&
        (callee.of.name === 'console' || callee.of.name === 'JSON')
      return (callee.kind === 'member' && isRoot(callee.of)) || (!isHarmless && part.args.some(isRoot))
    }),
  )
}

/** The entries of an object that nothing changes; undefined for anything else. */
export function stableShape(code: CodeOfFile, located: Located | undefined) {
  const found = located && stable(code, located)
  return found && code.scope.shape(found)
}
