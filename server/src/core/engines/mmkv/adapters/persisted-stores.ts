// State libraries that keep their state in MMKV: which entry they write, and by which adapter.
import type { Named } from '../../../catalog/catalog.ts'
import type { Located, Scope, Shape } from '../../../catalog/scope.ts'
import type { FunctionFact } from '../../../facts/file-facts.ts'
import { usesInside } from '../../../source/uses-inside.ts'
import { type CallValue, type Value, walkValue } from '../../../source/value.ts'
import type { CodeOfFile, MmkvStore } from '../types.ts'

/** One `persist(…)` of zustand or `persistReducer(…)` of redux-persist. */
export interface PersistedStore {
  readonly library: 'zustand' | 'redux-persist'
  /** What it is called where it is made, and the key under which its state is kept; undefined where that is not known. */
  readonly name: Named | undefined
  readonly key: string | undefined
  /** `getItem`, `setItem` and `removeItem`; undefined where the adapter is not an object that can be read. */
  readonly adapter: Shape | undefined
}

/** Every persisted store that is made in the file of `code`. */
export function* persistedStores({ scope, file }: CodeOfFile): Generator<PersistedStore> {
  for (const { value } of scope.usage(file)?.calls ?? [])
    for (const call of usesInside(value)) {
      if (call.kind !== 'call' || call.isNew) continue
      const found = zustand(scope, { value: call, file }) ?? reduxPersist(scope, { value: call, file })
      if (found) yield found
    }
}

function zustand(scope: Scope, call: Located<CallValue>): PersistedStore | undefined {
  const [, options] = call.value.args
  if (!options || !isFrom(scope, call, /^zustand\/middleware(?:\/persist)?$/, /^persist$/)) return undefined
  const shape = scope.shape({ value: options, file: call.file })
  const name = scope.text(shape?.entries.get('name')?.value)
  const storage = shape?.entries.get('storage')?.value
  return { library: 'zustand', name, key: name?.text, adapter: storage && adapterOf(scope, storage) }
}

function reduxPersist(scope: Scope, call: Located<CallValue>): PersistedStore | undefined {
  const [options] = call.value.args
  if (!options || !isFrom(scope, call, /^redux-persist(?:\/|$)/, /^(?:default\.)?persist(?:Combine)?Reducers?$/))
    return undefined
  const shape = scope.shape({ value: options, file: call.file })
  const name = scope.text(shape?.entries.get('key')?.value)
  const hasOwnPrefix = !shape?.complete || shape.entries.has('keyPrefix')
  const key = name && !hasOwnPrefix ? `persist:${name.text}` : undefined
  return { library: 'redux-persist', name, key, adapter: scope.shape(shape?.entries.get('storage')?.value) }
}

/** The object itself, or what `createJSONStorage(() => adapter)` is given. */
function adapterOf(scope: Scope, storage: Located): Shape | undefined {
  const { value, file } = scope.follow(storage)
  if (value.kind !== 'call') return scope.shape(storage)
  if (!isFrom(scope, { value, file }, /^zustand\/middleware$/, /^createJSONStorage$/)) return undefined
  const given = value.args[0] && scope.follow({ value: value.args[0], file })
  const returned = given?.value.kind === 'function' ? scope.usage(given.file)?.functions[given.value.id]?.returns : []
  return given && returned?.length === 1 ? scope.shape({ value: returned[0]!, file: given.file }) : undefined
}

function isFrom(scope: Scope, { value, file }: Located<CallValue>, from: RegExp, name: RegExp): boolean {
  const target = scope.target({ value: value.callee, file })
  return target.kind === 'external' && from.test(target.from) && name.test(target.name)
}

/** One function of an adapter, where it is written out. */
export interface AdapterFunction {
  readonly id: number
  readonly fact: FunctionFact
  readonly file: string
}

/** The function under `name`. */
export function functionOf(scope: Scope, adapter: Shape, name: string): AdapterFunction | undefined {
  const entry = adapter.entries.get(name)
  const { value, file } = entry ? scope.follow(entry.value) : { value: undefined, file: '' }
  const fact = value?.kind === 'function' ? scope.usage(file)?.functions[value.id] : undefined
  return value?.kind === 'function' && fact ? { id: value.id, fact, file } : undefined
}

/** The instance of MMKV that an adapter writes to. */
export function instanceOf(code: CodeOfFile, adapter: Shape): MmkvStore | undefined {
  const writing = functionOf(code.scope, adapter, 'setItem')
  if (!writing) return undefined
  for (const value of valuesIn(code.scope, writing))
    for (const { kind, callee } of usesIn(value)) {
      if (kind !== 'call' || callee.kind !== 'member' || callee.name !== 'set') continue
      const store = code.storeOf({ value: callee.of, file: writing.file })
      if (store) return store
    }
  return undefined
}

const usesIn = (value: Value): readonly CallValue[] =>
  [...walkValue(value)].filter((one): one is CallValue => one.kind === 'call')

/** What a function calls and returns. */
function valuesIn(scope: Scope, { id, fact, file }: AdapterFunction): readonly Value[] {
  const calls = scope.usage(file)?.calls.filter(call => call.fn === id) ?? []
  return [...calls.map(call => call.value), ...fact.returns]
}
