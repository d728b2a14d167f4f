// Finds the uses of the library in a file: where realms are opened, read and written.
import type { ReadonlySignal } from '@preact/signals-core'
import { settled } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import { usesInside } from '../../source/uses-inside.ts'
import type { Value } from '../../source/value.ts'
import { type Library, packages } from './imports.ts'
import type { Site } from './types.ts'

/** The uses of the library in each file. */
export interface SiteReader {
  sites(file: string): readonly Site[]
}

/** Tests open realms of their own, which no user has. */
const testFile = /(^|\/)(__tests__|__mocks__|__fixtures__|e2e)\/|\.(test|spec|stories|e2e)\.[cm]?[jt]sx?$/
/** Packages that are tests and nothing else. */
const testPackage = /\/(?:integration|install|unit|e2e)-tests\//
/** Folders of tests, where they stand inside of a package. */
const testFolder = /^(?:.*\/)?(?:tests?|specs?|fixtures|mocks)\//

/** True for files whose realms and classes are not the app's. */
export function isTestFile(scope: Scope, file: string): boolean {
  if (testFile.test(file) || testPackage.test(file)) return true
  const { root } = scope.workspace().project(file)
  return file.startsWith(`${root}/`) && testFolder.test(file.slice(root.length + 1))
}

/** A reader for one scope. */
export function createSiteReader(scope: Scope, library: Library): SiteReader {
  const known = new Map<string, ReadonlySignal<readonly Site[]>>()

  /** A quick look: where Realm is not installed, a file that imports only other packages has nothing of it. */
  const mayUse = (file: string): boolean => {
    const { project, resolve } = scope.workspace()
    const { versions } = project(file)
    if (versions['realm'] !== undefined || versions['@realm/react'] !== undefined) return true
    const imports = scope.module(file)?.imports ?? []
    return (
      imports.length === 0 ||
      imports.some(({ from }) => packages.includes(from) || from.startsWith('.') || resolve(file, from).length > 0)
    )
  }

  const readSites = (file: string): readonly Site[] => {
    const sites: Site[] = []
    if (!mayUse(file)) return sites
    // A list of a thousand calls calls one thing: each name is followed once.
    const names = new Map<string, string | undefined>()
    const nameOf = (used: Value): string | undefined => {
      const located = { value: used, file }
      if (used.kind !== 'name' || used.key === undefined) return library.nameOf(scope, located)
      if (!names.has(used.key)) names.set(used.key, library.nameOf(scope, located))
      return names.get(used.key)
    }
    for (const fact of scope.usage(file)?.calls ?? [])
      for (const value of usesInside(fact.value)) {
        const name = nameOf(value.kind === 'call' ? value.callee : value.tag)
        if (name !== undefined) sites.push({ name, value: { value, file }, fact })
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

const sameSites = (a: readonly Site[], b: readonly Site[]): boolean =>
  a.length === b.length &&
  a.every((site, i) => site.fact === b[i]?.fact && site.value.value === b[i]?.value.value && site.name === b[i]?.name)
