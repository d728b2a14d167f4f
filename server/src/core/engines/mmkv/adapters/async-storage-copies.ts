// Functions that copy everything from AsyncStorage to MMKV, and what in them may lose some of it.
import type { Scope } from '../../../catalog/scope.ts'
import type { CallFact, FunctionFact } from '../../../facts/file-facts.ts'
import { usesInside } from '../../../source/uses-inside.ts'
import { type CallValue, type Value, walkValue } from '../../../source/value.ts'
import { contains } from '../../../text/span.ts'
import type { CodeOfFile, InstanceCall } from '../types.ts'

/** A value that is copied as a boolean where it says `true` or `false`. */
export interface TurnedValue {
  readonly value: Value
  /** The text that was read. */
  readonly source: Value
}

/** A removal from AsyncStorage within the copying. */
export interface Removal {
  readonly call: CallValue
  readonly fact: CallFact
  /** False where its end is not waited for. */
  readonly isAwaited: boolean
  /** The entry that is set behind it to say that all is copied; undefined where there is none. */
  readonly flag: string | undefined
}

/** One copying function. */
export interface AsyncStorageCopy {
  readonly turned: readonly TurnedValue[]
  readonly removals: readonly Removal[]
}

const libraries = /^(?:@react-native-async-storage\/async-storage|@react-native-community\/async-storage|react-native)$/

/** Every copying function of a file. */
export function asyncStorageCopies(code: CodeOfFile): readonly AsyncStorageCopy[] {
  const { scope, file } = code
  if (!scope.module(file)?.imports.some(({ from }) => libraries.test(from))) return []
  const source = sourceCalls(scope, file)
  if (source.length === 0) return []
  const functions = scope.usage(file)?.functions.filter(fn => fn.parent === undefined) ?? []
  return functions.flatMap(fn => copyIn(code, fn, source) ?? [])
}

interface SourceCall {
  readonly method: string
  readonly call: CallValue
  readonly fact: CallFact
}

/** Calls of AsyncStorage. */
function sourceCalls(scope: Scope, file: string): readonly SourceCall[] {
  return (scope.usage(file)?.calls ?? []).flatMap(fact =>
    usesInside(fact.value).flatMap(call => {
      if (call.kind !== 'call' || call.callee.kind !== 'member') return []
      const target = scope.target({ value: call.callee, file })
      if (target.kind !== 'external' || !libraries.test(target.from)) return []
      const method = /^(?:default|AsyncStorage)\.(\w+)$/.exec(target.name)?.[1]
      return method === undefined ? [] : [{ method, call, fact }]
    }),
  )
}

function copyIn(code: CodeOfFile, fn: FunctionFact, source: readonly SourceCall[]): AsyncStorageCopy | undefined {
  const { scope, file } = code
  const inside = source.filter(({ call }) => contains(fn.at, call.at))
  const writes = code.calls().flatMap(({ call }) => {
    const isHere = call.method === 'set' && call.call.file === file && contains(fn.at, call.call.value.at)
    return isHere ? [call] : []
  })
  const reads = inside.some(({ method }) => /^(?:getAllKeys|multiGet|getMany)$/.test(method))
  const copies = writes.filter(write => isOfAnyKey(scope, write, reads))
  if (copies.length === 0 || !inside.some(({ method }) => /^(?:getItem|multiGet|getMany)$/.test(method)))
    return undefined

  const turned = copies.flatMap(({ call }) => {
    const value = call.value.args[1]
    const from = value && turnedFrom(value)
    return value && from ? [{ value, source: from }] : []
  })
  const removals = inside
    .filter(({ method }) => /^(?:removeItem|multiRemove|removeMany|clear)$/.test(method))
    .map(({ call, fact }): Removal => {
      const isAwaited = fact.value !== call || (fact.use !== 'statement' && fact.use !== 'void')
      const flag = writes.find(
        write => write.call.value.at.start > call.at.start && !copies.includes(write) && !write.fact.isConditional,
      )
      const key = flag?.call.value.args[0]
      return { call, fact, isAwaited, flag: key && scope.text({ value: key, file })?.text }
    })
  return { turned, removals }
}

/** True where the key is one of many: the variable of a loop, or anything unknown in a function that asks for all keys. */
function isOfAnyKey(scope: Scope, { call: { value, file } }: InstanceCall, readsAll: boolean): boolean {
  const [key] = value.args
  if (!key || scope.text({ value: key, file }) !== undefined) return false
  const binding = key.kind === 'name' && key.key !== undefined ? scope.binding(file, key.key) : undefined
  return readsAll || binding?.kind === 'loop'
}

/** What a value is made of where it is true or false by a text: `text` in `text === 'true'`. */
function turnedFrom(value: Value): Value | undefined {
  for (const part of walkValue(value)) {
    if (part.kind !== 'binary' || !/^===?$/.test(part.op)) continue
    if (part.right.kind === 'string' && part.right.text === 'true') return part.left
    if (part.left.kind === 'string' && part.left.text === 'true') return part.right
  }
  return undefined
}
