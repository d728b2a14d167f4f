// Words beside the code: the type of the column behind a property, and the table behind a key.
import type { Catalog } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import { contains, type Span } from '../text/span.ts'
import { lookUp, thingOf } from './thing.ts'
import { briefType } from './words.ts'

/** A word that the code does not have, shown at `offset`. */
export interface InlayHint {
  readonly offset: number
  readonly label: string
}

/** The hints of `file` that stand in `range`, from the top. A place of which stores say different things has none. */
export function inlayHints(catalog: Catalog, file: string, range: Span): readonly InlayHint[] {
  const text = catalog.text(file) ?? ''
  const mentions = catalog.mentions(file).flatMap(one => (one.kind !== 'word' && one.at.file === file ? [one] : []))
  const own = new Set(mentions.flatMap(one => (one.kind === 'entity' && one.role === 'stands' ? [one.entity] : [])))
  const hints = new Map<number, Set<string>>()
  for (const mention of mentions) {
    if (mention.role !== 'refers' || !contains(range, mention.at.span)) continue
    const label = labelOf(catalog, mention, own, text)
    const offset = behind(mention, text)
    if (label) hints.set(offset, (hints.get(offset) ?? new Set()).add(label))
  }
  return [...hints]
    .flatMap(([offset, labels]) => (labels.size === 1 ? [{ offset, label: [...labels][0]! }] : []))
    .sort((a, b) => a.offset - b.offset)
}

/**
 * `: number` behind the column of a property; ` in tasks` behind a key that is a column of another table than the one that
 * the file's class stands for; the table's name behind something that only leads to it.
 */
function labelOf(catalog: Catalog, mention: NameMention, own: ReadonlySet<string>, text: string): string | undefined {
  if (mention.part !== 'model' && mention.part !== 'relation') return undefined
  const { entity, field } = lookUp(catalog, thingOf(mention))
  if (!entity) return undefined
  const name = entity.name.text
  if (mention.kind === 'entity') {
    const { start, end } = mention.at.span
    return text.slice(start, end) === name ? undefined : ` ${name}`
  }
  if (mention.part === 'relation') return field && !own.has(name) ? ` in ${name}` : undefined
  const type = field && briefType(field)
  return type ? `: ${type}` : undefined
}

/** Behind the name and the quote or bracket that ends it; behind the whole call, where the name is its only argument. */
function behind({ at: { span } }: NameMention, text: string): number {
  let end = span.end
  while (/["'`\]]/.test(text[end] ?? '')) end++
  return text[end] === ')' ? end + 1 : end
}
