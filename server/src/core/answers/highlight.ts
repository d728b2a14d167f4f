// The places in one file that name what a caret is on.
import type { Catalog } from '../catalog/catalog.ts'
import { type Place, type Span, sameSpan } from '../text/span.ts'
import { namesAt, thingsOf, usesOf } from './names-at.ts'
import { distinctBy } from './places.ts'

/** A place to light up; `makes` is true where the thing comes into being. */
export interface Highlight {
  readonly span: Span
  readonly makes: boolean
}

/**
 * The places in `file`. Editors take the highlights of one provider only, and for identifiers the language's own are the
 * better ones: they know every use of a property. So names are answered for where their letters stand, mostly in strings.
 */
export function highlightsAt(catalog: Catalog, file: string, offset: number): readonly Highlight[] {
  const here = namesAt(catalog, file, offset)
  if (!here?.mentions.some(({ at, source, role }) => role !== 'stands' && isSame(at, source))) return []
  const uses = usesOf(catalog, thingsOf(here.mentions), file).filter(({ at }) => at.file === file)
  const makers = uses.filter(({ role }) => role === 'defines' || role === 'adds')
  return distinctBy(uses, ({ at }) => at).map(({ at: { span } }) => ({
    span,
    makes: makers.some(({ at }) => sameSpan(at.span, span)),
  }))
}

const isSame = (at: Place, source: Place | undefined): boolean =>
  source !== undefined && source.file === at.file && sameSpan(source.span, at.span)
