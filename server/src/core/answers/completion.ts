// What may be written at a caret: names and words where one is expected, whole entries where a list has room.
import type { Catalog } from '../catalog/catalog.ts'
import { entriesAt } from './completion-entries.ts'
import { candidatesAt } from './completion-names.ts'
import type { Completions } from './completions.ts'

/**
 * What may be written at `offset` (UTF-16 code units, from 0) of `file`; undefined where nothing is known of. Names that
 * are reached through identifiers are none of its business: the language's own server knows those.
 */
export function completionsAt(catalog: Catalog, file: string, offset: number): Completions | undefined {
  const text = catalog.text(file)
  if (text === undefined) return undefined
  // A name that is all there is of an entry is the beginning of a whole one.
  return entriesAt(catalog, file, text, offset) ?? candidatesAt(catalog, file, text, offset)
}
