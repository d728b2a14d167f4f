// Finds the uses of the libraries in a file: where databases are opened, provided and asked for.
import type { ReadonlySignal } from '@preact/signals-core'
import { importedAnywhere, mayUse } from '../../catalog/may-use.ts'
import { settled } from '../../catalog/remembered.ts'
import type { Located, Scope } from '../../catalog/scope.ts'
import type { CallFact } from '../../facts/file-facts.ts'
import { usesInside } from '../../source/uses-inside.ts'
import type { CallValue, JsxValue, Value } from '../../source/value.ts'
import { type Library, type LibraryName, packages } from './imports.ts'

/** A call of a name of a library, or an element of it. */
export interface Site extends LibraryName {
  readonly value: Located<CallValue | JsxValue>
  readonly fact: CallFact
}

/** The uses of the libraries in each file. */
export interface SiteReader {
  sites(file: string): readonly Site[]
}

/** A reader for one scope. */
export function createSiteReader(scope: Scope, library: Library): SiteReader {
  const known = new Map<string, ReadonlySignal<readonly Site[]>>()
  const isImported = importedAnywhere(scope, isOfLibrary)

  const readSites = (file: string): readonly Site[] => {
    const sites: Site[] = []
    if (!isImported() || !mayUse(scope, file, isOfLibrary)) return sites
    const names = new Map<string, LibraryName | undefined>()
    const nameOf = (used: Value): LibraryName | undefined => {
      const located = { value: used, file }
      if (used.kind !== 'name' || used.key === undefined) return library.nameOf(scope, located)
      if (!names.has(used.key)) names.set(used.key, library.nameOf(scope, located))
      return names.get(used.key)
    }
    for (const fact of scope.usage(file)?.calls ?? [])
      for (const value of usesInside(fact.value)) {
        const found = nameOf(value.kind === 'call' ? value.callee : value.tag)
        if (found) sites.push({ ...found, value: { value, file }, fact })
      }
    return sites
  }

  return {
    sites(file) {
      let sites = known.get(file)
      if (!sites) {
        sites = settled(() => readSites(file), sameSites)
        known.set(file, sites)
      }
      return sites.value
    },
  }
}

const isOfLibrary = (from: string): boolean => from.startsWith('expo-sqlite') || packages.includes(from)

const sameSites = (a: readonly Site[], b: readonly Site[]): boolean =>
  a.length === b.length &&
  a.every((site, i) => site.fact === b[i]?.fact && site.value.value === b[i]?.value.value && site.name === b[i]?.name)
