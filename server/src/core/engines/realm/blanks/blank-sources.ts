// What the blanks of a file are read from.
import type { Scope } from '../../../catalog/scope.ts'
import type { Library } from '../imports.ts'
import type { SiteReader } from '../sites.ts'
import type { ClassReader, RealmStore } from '../types.ts'

/** What blanks are made of. */
export interface BlankSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly classes: ClassReader
  stores(): readonly RealmStore[]
}
