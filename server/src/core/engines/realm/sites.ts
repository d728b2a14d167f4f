// Finds the uses of the library in a file: where realms are opened, read and written.
import type { ReadonlySignal } from '@preact/signals-core'
import { settled } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import type { CallFact } from '../../facts/file-facts.ts'
import { childrenOf, type Value } from '../../source/value.ts'
import type { Library } from './imports.ts'
import type { Site } from './types.ts'

/** The uses of the library in each file. */
export interface SiteReader {
  sites(file: string): readonly Site[]
}

/** Tests open realms of their own, which no user has. */
const testFile = /(^|\/)(__tests__|__mocks__|__fixtures__|e2e)\/|\.(test|spec|stories|e2e)\.[cm]?[jt]sx?$/

/** True for files whose realms and classes are not the app's. */
export const isTestFile = (file: string): boolean => testFile.test(file)

/** A reader for one scope. */
export function createSiteReader(scope: Scope, library: Library): SiteReader {
  const known = new Map<string, ReadonlySignal<readonly Site[]>>()

  const readSites = (file: string): readonly Site[] => {
    const sites: Site[] = []
    const visit = (value: Value, fact: CallFact) => {
      const used = value.kind === 'call' ? value.callee : value.kind === 'jsx' ? value.tag : undefined
      const name = used && library.nameOf(scope, { value: used, file })
      if (name !== undefined) sites.push({ name, value: { value, file }, fact })
      for (const child of childrenOf(value)) visit(child, fact)
    }
    for (const fact of scope.usage(file)?.calls ?? []) visit(fact.value, fact)
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

const sameSites = (a: readonly Site[], b: readonly Site[]): boolean =>
  a.length === b.length &&
  a.every((site, i) => site.fact === b[i]?.fact && site.value.value === b[i]?.value.value && site.name === b[i]?.name)
