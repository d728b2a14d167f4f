// Finds the uses of the library in a file: where realms are opened, read and written.
import { mayUse } from '../../catalog/may-use.ts'
import type { Located, Scope } from '../../catalog/scope.ts'
import { type SitesByFile, sitesByFile } from '../../catalog/site-reader.ts'
import { type Library, packages } from './imports.ts'
import type { Site } from './types.ts'

/** The uses of the library in each file. */
export type SiteReader = SitesByFile<Site>

/** A reader for one scope. */
export function createSiteReader(scope: Scope, library: Library): SiteReader {
  const isOf = (from: string): boolean => packages.includes(from)
  return sitesByFile(scope, {
    // Where Realm is installed it may be a global; elsewhere a file that imports only other packages has nothing of it.
    mayUse(file) {
      const { versions } = scope.workspace().project(file)
      if (versions['realm'] !== undefined || versions['@realm/react'] !== undefined) return true
      return (scope.module(file)?.imports ?? []).length === 0 || mayUse(scope, file, isOf)
    },
    nameOf(located: Located) {
      const name = library.nameOf(scope, located)
      return name === undefined ? undefined : { name }
    },
  })
}
