// What of a file may be folded away: whole tables and migrations, also where the editor knows no folding of the language.
import type { Catalog } from '../catalog/catalog.ts'
import type { Span } from '../text/span.ts'
import { documentSymbols } from './document-symbols.ts'

/** Entities and migrations of `file` from the top; their fields and steps stay as they are. */
export const foldings = (catalog: Catalog, file: string): readonly Span[] =>
  documentSymbols(catalog, file)
    .filter(({ kind }) => kind !== 'field')
    .map(({ span }) => span)
