// Finds the uses of a library in a file: calls and elements by the library's own names.
import type { ReadonlySignal } from '@preact/signals-core'
import type { CallFact } from '../facts/file-facts.ts'
import { usesInside } from '../source/uses-inside.ts'
import type { CallValue, JsxValue, Value } from '../source/value.ts'
import { settled } from './remembered.ts'
import type { Located, Scope } from './scope.ts'

/** A use, with what the library's name for it says. */
export type SiteOf<Name extends { readonly name: string }> = Name & {
  readonly value: Located<CallValue | JsxValue>
  readonly fact: CallFact
}

/** The uses in each file, the same list while they are the same. */
export interface SitesByFile<Site> {
  sites(file: string): readonly Site[]
}

/** What tells the uses of one library. */
export interface SiteNames<Name extends { readonly name: string }> {
  /** A quick look: false for files that certainly have none. */
  mayUse(file: string): boolean
  /** The library's name for what is called; undefined for everything else. */
  nameOf(located: Located): Name | undefined
}

/** A reader for one scope. */
export function sitesByFile<Name extends { readonly name: string }>(
  scope: Scope,
  { mayUse, nameOf }: SiteNames<Name>,
): SitesByFile<SiteOf<Name>> {
  const readSites = (file: string): readonly SiteOf<Name>[] => {
    const sites: SiteOf<Name>[] = []
    if (!mayUse(file)) return sites
    // A list of a thousand calls calls one thing: each name is followed once.
    const names = new Map<string, Name | undefined>()
    const followed = (used: Value): Name | undefined => {
      const located = { value: used, file }
      if (used.kind !== 'name' || used.key === undefined) return nameOf(located)
      if (!names.has(used.key)) names.set(used.key, nameOf(located))
      return names.get(used.key)
    }
    for (const fact of scope.usage(file)?.calls ?? [])
      for (const value of usesInside(fact.value)) {
        const found = followed(value.kind === 'call' ? value.callee : value.tag)
        if (found) sites.push({ ...found, value: { value, file }, fact })
      }
    return sites
  }

  return keptSites(readSites)
}

/** Lists that `readSites` gives, read again when what they depend on changes. */
export function keptSites<Site extends Comparable>(readSites: (file: string) => readonly Site[]): SitesByFile<Site> {
  const known = new Map<string, ReadonlySignal<readonly Site[]>>()
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

type Comparable = SiteOf<{ readonly name: string }>

/** True for the same uses by the same names. */
const sameSites = (a: readonly Comparable[], b: readonly Comparable[]): boolean =>
  a.length === b.length &&
  a.every((site, i) => site.fact === b[i]?.fact && site.value.value === b[i]?.value.value && site.name === b[i]?.name)
