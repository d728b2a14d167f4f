// Where a name leads: from its uses to the definition, and from the definition to the code that stands for it.
import type { Catalog } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import type { Place, Span } from '../text/span.ts'
import { type NamesAt, namesAt, thingsOf, usesOf } from './names-at.ts'
import { distinctBy } from './places.ts'

/** Where a caret leads. `origin` is the name that it is on. */
export interface Leads {
  readonly origin: Span
  readonly targets: readonly Target[]
}

/** A place to go to, and the whole construct around it. */
export interface Target {
  readonly at: Place
  readonly whole: Place
}

/**
 * The definitions of what `offset` names. From a definition itself: the code that stands for it, so that the same key
 * leads back. What is only known from migrations leads to the step that adds it.
 */
export const definitionAt = (catalog: Catalog, file: string, offset: number): Leads | undefined =>
  leadsFrom(catalog, file, offset, ({ mentions }, uses) => {
    const isDefinition = mentions.some(({ role }) => role === 'defines')
    const order = isDefinition ? (['stands', 'defines'] as const) : (['defines', 'adds'] as const)
    return order.map(role => uses.filter(use => use.role === role)).find(some => some.length > 0)
  })

/** The code that stands for what `offset` names: the class of an entity, the property of a field. */
export const typeDefinitionAt = (catalog: Catalog, file: string, offset: number): Leads | undefined =>
  leadsFrom(catalog, file, offset, (_, uses) => uses.filter(({ role }) => role === 'stands'))

function leadsFrom(
  catalog: Catalog,
  file: string,
  offset: number,
  choose: (here: NamesAt, uses: readonly NameMention[]) => readonly NameMention[] | undefined,
): Leads | undefined {
  const here = namesAt(catalog, file, offset)
  if (!here) return undefined
  const chosen = choose(here, usesOf(catalog, thingsOf(here.mentions))) ?? []
  if (chosen.length === 0) return undefined
  const targets = distinctBy(chosen, ({ at }) => at).map(({ at, whole }) => ({ at, whole: around(at, whole) }))
  return { origin: here.span, targets }
}

/** The construct around a name, where it is one: a constant's text may stand in another file than what is made of it. */
const around = (at: Place, whole: Place | undefined): Place =>
  whole && whole.file === at.file && whole.span.start <= at.span.start && at.span.end <= whole.span.end ? whole : at
