// What a caret touches: the names and words of the catalog at an offset.
import type { Catalog } from '../catalog/catalog.ts'
import type { Mention } from '../catalog/mention.ts'
import { mentionsAround } from '../catalog/unit-mentions.ts'
import { touches } from '../text/span.ts'

/**
 * The mentions in `file` that `offset` (UTF-16 code units, from 0) touches, the tightest first. Several of equal span mean
 * that the name may belong to several stores.
 */
export function mentionsAt(catalog: Catalog, file: string, offset: number): readonly Mention[] {
  const length = ({ at }: Mention): number => at.span.end - at.span.start
  return mentionsAround(catalog.mentions(file), offset)
    .filter(mention => mention.at.file === file && touches(mention.at.span, offset) && !isGone(mention))
    .sort((a, b) => length(a) - length(b))
}

/** True for a name whose letters were deleted while its file could not be read anew. */
export function isGone(mention: Mention): boolean {
  const { start, end } = mention.at.span
  return start >= end && mention.kind !== 'word' && (mention.field ?? mention.entity) !== ''
}
