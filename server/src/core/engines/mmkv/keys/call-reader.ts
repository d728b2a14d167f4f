// Finds what a file does with instances and keys: calls of methods, hooks, and calls of the app's own wrappers.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Part } from '../../../catalog/call-index.ts'
import { keyed, sameItems, settled } from '../../../catalog/remembered.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { CallFact } from '../../../facts/file-facts.ts'
import type { CallValue } from '../../../source/value.ts'
import { callIndex } from '../code/call-index.ts'
import { isTestFile } from '../files.ts'
import type { Library } from '../imports.ts'
import { findInstance } from '../instances/find-instance.ts'
import type { OpeningReader } from '../openings/opening-reader.ts'
import { instanceArgument } from '../openings/read-opening.ts'
import type { Site, SiteReader } from '../sites.ts'
import type { InstanceCall, KeyUse } from '../types.ts'
import { hookTypes, instanceMethods, keyMethods } from './methods.ts'
import { hookUse, mayTakeSetter, methodUse } from './read-use.ts'
import { sameUse } from './same-use.ts'

/** A use, and the key of the store that it is of. */
export interface FoundUse {
  readonly use: KeyUse
  readonly storeKey: string | undefined
}

/** A call of a method, and the key of the store that it is of. */
export interface FoundCall {
  readonly call: InstanceCall
  readonly storeKey: string | undefined
}

/** What each file does with instances. */
export interface CallReader {
  calls(file: string): readonly FoundCall[]
  /** Uses of keys by the library's own methods and hooks. */
  uses(file: string): readonly FoundUse[]
}

/** What the reader is made of. */
export interface CallSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly openings: OpeningReader
}

/** A reader for one scope. Every call is followed once, until something on its way changes. */
export function createCallReader({ scope, library, sites, openings }: CallSources): CallReader {
  /** The only store that an expression can be of; undefined where that is not known, `null` where it is no instance. */
  const follow = (of: InstanceCall['of']): string | undefined | null => {
    const instance = findInstance(scope, library, of)
    if (!instance) return null
    const keys = new Set(instance.openings.map(opening => openings.storeKey(opening)))
    return instance.isKnown && keys.size === 1 ? [...keys][0] : undefined
  }
  // A variable is followed once, however often the file uses it.
  const variables = new Map<string, ReadonlySignal<string | undefined | null>>()
  const storeKeyOf = (of: InstanceCall['of']): string | undefined | null => {
    const { value, file } = of
    if (value.kind !== 'name' || value.key === undefined) return follow(of)
    const key = `${file} ${value.key}`
    const cell = variables.get(key) ?? computed(() => follow(of))
    variables.set(key, cell)
    return cell.value
  }

  const readCall = (file: string, { call, fact, isOuter }: Part): FoundCall | undefined => {
    const { callee } = call
    if (callee.kind !== 'member' || callee.name === undefined || call.isNew) return undefined
    const of = { value: callee.of, file }
    const storeKey = storeKeyOf(of)
    if (storeKey === null) return undefined
    return {
      call: {
        method: callee.name,
        nameAt: { file, span: callee.nameAt },
        of,
        call: { value: call, file },
        fact,
        isOuter,
        isTest: isTestFile(scope, file),
      },
      storeKey,
    }
  }
  const callOf = cells(
    readCall,
    (a, b) => a?.storeKey === b?.storeKey && a?.call.call.value === b?.call.call.value && a?.call.fact === b?.call.fact,
  )
  const calls = keyed((file: string): readonly FoundCall[] => {
    const { byName } = callIndex(scope.usage(file))
    return [...instanceMethods]
      .flatMap(name => (byName.get(name) ?? []).flatMap(part => callOf(file, part) ?? []))
      .sort((a, b) => a.call.call.value.at.start - b.call.call.value.at.start)
  }, sameItems)

  const ofMethods = new WeakMap<FoundCall, ReadonlySignal<FoundUse>>()
  const readMethod = (found: FoundCall): FoundUse => {
    let cell = ofMethods.get(found)
    if (!cell) {
      cell = settled(
        () => ({ use: methodUse(scope, found.call), storeKey: found.storeKey }),
        (a, b) => sameUse(a.use, b.use),
      )
      ofMethods.set(found, cell)
    }
    return cell.value
  }
  const readHook = (file: string, { call, fact, isOuter }: Part): FoundUse | undefined => {
    const name = library.calleeOf(scope, { value: call, file })
    const site: Site | undefined =
      name === undefined ? undefined : { name, value: { value: call, file }, fact, isOuter }
    const argument = site && instanceArgument(site)
    if (!site || argument === null) return undefined
    // A hook without an instance opens the default one itself.
    const storeKey = argument ? (storeKeyOf(argument) ?? undefined) : openings.storeKey(site.value)
    return { use: hookUse(scope, site, setterOf(file, { call, fact, isOuter })), storeKey }
  }
  const setterOf = cells((file: string, { call }: Part) => mayTakeSetter(scope, { value: call, file }), Object.is)
  const hookOf = cells(readHook, sameFound)

  const isKeyed = (method: string) => Object.hasOwn(keyMethods, method) || /^(?:importAllFrom|addOnValue)/.test(method)
  const isHook = (name: string) => Object.hasOwn(hookTypes, name) || name === 'useMMKVListener'
  const uses = keyed(
    (file: string): readonly FoundUse[] =>
      [
        ...calls(file).flatMap(found => (isKeyed(found.call.method) ? [readMethod(found)] : [])),
        ...sites.sites(file).flatMap(site => {
          if (!isHook(site.name)) return []
          return hookOf(file, { call: site.value.value, fact: site.fact, isOuter: site.isOuter }) ?? []
        }),
      ].sort((a, b) => a.use.at.span.start - b.use.at.span.start),
    sameItems,
  )
  return { calls, uses }
}

/** True for what says the same of one call. */
export const sameFound = (a: FoundUse | undefined, b: FoundUse | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.storeKey === b.storeKey && sameUse(a.use, b.use))

/** Remembers what was read of a call for as long as the call, and what becomes of it, is the same. */
export function cells<T>(
  read: (file: string, part: Part) => T,
  same: (a: T, b: T) => boolean,
): (file: string, part: Part) => T {
  const known = new WeakMap<CallValue, { readonly fact: CallFact; readonly cell: ReadonlySignal<T> }>()
  return (file, part) => {
    let found = known.get(part.call)
    if (found?.fact !== part.fact) {
      found = { fact: part.fact, cell: settled(() => read(file, part), same) }
      known.set(part.call, found)
    }
    return found.cell.value
  }
}
