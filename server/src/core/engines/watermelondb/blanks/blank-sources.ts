// What blanks are made of.
import type { Scope } from '../../../catalog/scope.ts'
import type { Library } from '../imports.ts'
import type { ModelReader, WatermelonStore } from '../types.ts'

/** The link around the blanks. */
export interface BlankSources {
  readonly scope: Scope
  readonly library: Library
  readonly models: ModelReader
  stores(): readonly WatermelonStore[]
}
