// Which instances are handed to code that cannot be followed, so that keys may be read and written unseen.
import { inBlocks } from '../../../catalog/long-lists.ts'
import { gated, keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Binding } from '../../../facts/file-facts.ts'
import { type CallValue, childrenOf, type Value } from '../../../source/value.ts'
import { isTestFile } from '../files.ts'
import type { Library } from '../imports.ts'
import type { CallReader } from '../keys/call-reader.ts'
import { instanceMethods } from '../keys/methods.ts'
import type { WrapperReader } from '../keys/wrappers.ts'
import type { OpeningReader } from '../openings/opening-reader.ts'
import { telling } from '../words.ts'
import { classOfObject } from './called-function.ts'
import { findInstance } from './find-instance.ts'

/** What is asked of the rest. */
export interface EscapeSources {
  readonly scope: Scope
  readonly library: Library
  readonly openings: OpeningReader
  readonly calls: CallReader
  readonly wrappers: WrapperReader
}

/** Which stores are closed. */
export interface Escapes {
  /** True for a store of which all code is seen that has to do with it. */
  isClosed(key: string): boolean
}

/** A place in a value where something is handed on: an argument, a property, an element of a list. */
type Handed = (value: Value) => void

/** The escapes of all instances. They are looked for when somebody asks. */
export function createEscapes(sources: EscapeSources): Escapes {
  const { scope, library, openings, wrappers } = sources

  const storesOf = (located: Located): readonly string[] => {
    const instance = findInstance(scope, library, located)
    return instance?.openings.flatMap(opening => openings.storeKey(opening) ?? []) ?? []
  }
  /** The stores of the wrappers that an object, a class or a function is or holds. */
  const wrappedBy = (located: Located): readonly string[] => {
    const { value, file } = scope.follow(located)
    if (value.kind === 'function') return ofFunctions(file, [value.id])
    if (value.kind === 'object') {
      const functions = value.props.flatMap(prop => (prop.value.kind === 'function' ? [prop.value.id] : []))
      return ofFunctions(file, functions)
    }
    const owner = classOfObject(scope, { value, file })
    const members = owner && scope.classOf(owner.file, owner.key)?.members
    const methods = members?.flatMap(one => {
      const own = one.fn ?? (one.initializer?.kind === 'function' ? one.initializer.id : undefined)
      return own === undefined ? [] : [own]
    })
    return owner && methods ? ofFunctions(owner.file, methods) : []
  }
  const ofFunctions = (file: string, functions: readonly number[]): readonly string[] =>
    wrappers
      .wrappers(file)
      .flatMap(({ fn, found }) => (functions.includes(fn) && found.storeKey !== undefined ? [found.storeKey] : []))
  const carried = (located: Located): readonly string[] => [...storesOf(located), ...wrappedBy(located)]

  const escapedIn = keyed((file: string): readonly string[] => {
    if (isTestFile(scope, file)) return []
    const found = new Set<string>()
    const known = new Map<string, readonly string[]>()
    const note = (value: Value): void => {
      if (value.kind !== 'name' && value.kind !== 'member') return
      const key = value.kind === 'name' ? value.key : undefined
      const stores = (key === undefined ? undefined : known.get(key)) ?? carried({ value, file })
      if (key !== undefined) known.set(key, stores)
      for (const store of stores) found.add(store)
    }
    for (const { value } of scope.usage(file)?.calls ?? []) eachHanded(value, note, call => takesInstance(call, file))
    for (const store of exportedUnseen(file)) found.add(store)
    return [...found]
  }, sameItems)

  /** Hooks and methods of the library may be given an instance. */
  const takesInstance = (call: CallValue, file: string): boolean =>
    library.calleeOf(scope, { value: call, file }) !== undefined ||
    (call.callee.kind === 'member' &&
      instanceMethods.has(call.callee.name ?? '') &&
      findInstance(scope, library, { value: call.callee.of, file }) !== undefined)

  /** What is exported under names that do not tell that they are about a storage may be used by files that are not read. */
  const exportedUnseen = (file: string): readonly string[] => {
    const module = scope.module(file)
    return Object.entries(module?.exports ?? {}).flatMap(([name, one]) => {
      if (one.kind === 'from' || telling(name) || (name === 'default' && telling(file))) return []
      if (one.kind === 'value') return carried({ value: one.value, file })
      const binding = module?.bindings[one.key]
      return binding ? carried({ value: nameOf(binding, one.key), file }) : []
    })
  }

  const blocks = inBlocks((files: readonly string[]) => files.flatMap(file => escapedIn(file)))
  const all = gated(
    () => new Set(blocks(scope.files())),
    (a, b) => a.size === b.size && [...a].every(key => b.has(key)),
  )
  return { isClosed: key => !all().has(key) }
}

const nameOf = ({ name, at }: Binding, key: string): Value => ({ kind: 'name', name, key, at })

/** Everything that calls and elements in `value` are given, save by calls that `isKnown` tells. */
function eachHanded(value: Value, note: Handed, isKnown: (call: CallValue) => boolean): void {
  if (value.kind === 'call' && value.args.length > 0 && !isKnown(value))
    for (const argument of value.args) eachPart(argument, note)
  if (value.kind === 'jsx') for (const prop of value.props) eachPart(prop.value, note)
  for (const child of childrenOf(value)) eachHanded(child, note, isKnown)
}

/** A value, and what it is put together of. */
function eachPart(value: Value, note: Handed): void {
  note(value)
  if (value.kind !== 'call' && value.kind !== 'member' && value.kind !== 'jsx')
    for (const child of childrenOf(value)) eachPart(child, note)
}
