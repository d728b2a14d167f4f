// Finds the calls of the library's own functions in a file: what opens instances, and hooks.
import { importedAnywhere, mayUse } from '../../catalog/may-use.ts'
import type { Located, Scope } from '../../catalog/scope.ts'
import { keptSites } from '../../catalog/site-reader.ts'
import type { CallFact } from '../../facts/file-facts.ts'
import type { CallValue, Value } from '../../source/value.ts'
import { callIndex } from './code/call-index.ts'
import type { Library } from './imports.ts'

/** One call of a function of the library. */
export interface Site {
  /** The library's name: `MMKV`, `createMMKV`, `useMMKVString`. */
  readonly name: string
  readonly value: Located<CallValue>
  readonly fact: CallFact
  readonly isOuter: boolean
}

/** The calls of the library in each file. */
export interface SiteReader {
  sites(file: string): readonly Site[]
}

/** Functions and classes of the library that are called by name. */
const callables = /^(?:MMKV|createMMKV|existsMMKV|deleteMMKV|useMMKV\w*)$/

/** A reader for one scope. */
export function createSiteReader(scope: Scope, library: Library): SiteReader {
  const isOf = (from: string): boolean => library.packages.includes(from)
  const isImported = importedAnywhere(scope, isOf)

  const readSites = (file: string): readonly Site[] => {
    if (!isImported() || !mayUse(scope, file, isOf)) return []
    const names = new Map<string, string | undefined>()
    /** A name is followed once, however often it is called; of members only those that are called like the library's. */
    const nameOf = (callee: Value): string | undefined => {
      if (callee.kind === 'member')
        return callables.test(callee.name ?? '') ? library.nameOf(scope, { value: callee, file }) : undefined
      if (callee.kind !== 'name' || callee.key === undefined) return undefined
      if (!names.has(callee.key)) names.set(callee.key, library.nameOf(scope, { value: callee, file }))
      return names.get(callee.key)
    }
    const sites: Site[] = []
    for (const parts of callIndex(scope.usage(file)).byName.values())
      for (const { call, fact, isOuter } of parts) {
        const name = nameOf(call.callee)
        if (name !== undefined) sites.push({ name, value: { value: call, file }, fact, isOuter })
      }
    return sites.sort((a, b) => a.value.value.at.start - b.value.value.at.start)
  }

  return keptSites(readSites)
}
