// Finds the uses of the libraries in a file: where databases are opened, provided and asked for.
import { importedAnywhere, mayUse } from '../../catalog/may-use.ts'
import type { Scope } from '../../catalog/scope.ts'
import { type SiteOf, type SitesByFile, sitesByFile } from '../../catalog/site-reader.ts'
import { type Library, type LibraryName, packages } from './imports.ts'

/** A call of a name of a library, or an element of it. */
export type Site = SiteOf<LibraryName>

/** The uses of the libraries in each file. */
export type SiteReader = SitesByFile<Site>

/** A reader for one scope. */
export function createSiteReader(scope: Scope, library: Library): SiteReader {
  const isImported = importedAnywhere(scope, isOfLibrary)
  return sitesByFile(scope, {
    mayUse: file => isImported() && mayUse(scope, file, isOfLibrary),
    nameOf: located => library.nameOf(scope, located),
  })
}

const isOfLibrary = (from: string): boolean => from.startsWith('expo-sqlite') || packages.includes(from)
