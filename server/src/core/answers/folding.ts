// What of a file may be folded away: whole tables and migrations, also where the editor knows no folding of the language.
import type { Catalog } from '../catalog/catalog.ts'
import type { Span } from '../text/span.ts'
import { entitiesIn } from './document-symbols.ts'
import { migrationsIn } from './migration-steps.ts'

/** Entities and migrations of `file` from the top; their fields and steps stay as they are. */
export const foldings = (catalog: Catalog, file: string): readonly Span[] =>
  [...entitiesIn(catalog, file).map(({ entity }) => entity), ...migrationsIn(catalog, file)]
    .map(({ at }) => at.span)
    .sort((a, b) => a.start - b.start)
