// What a place in the code speaks of: the entity or field that is defined there, or the one that is named there.
import type { Catalog, Store } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import { contains, type Span, sameSpan } from '../text/span.ts'

/** An entity that is there, and the field of it that is meant, if one is. */
export interface Subject {
  readonly store: Store
  readonly entity: string
  readonly field?: string
}

interface Spanned {
  readonly span: Span
  readonly subject: Subject
}

/** Gives a function that finds the subject of a span; what it learns about one of `files` it remembers. */
export function subjectFinder(
  catalog: Catalog,
  files: ReadonlySet<string>,
): (file: string, span: Span) => Subject | undefined {
  if (files.size === 0) return () => undefined
  const stores = catalog.stores()
  const definitions = definitionsIn(stores, files)
  const mentions = new Map<string, readonly Spanned[]>()
  return (file, span) => {
    const defined = smallest((definitions.get(file) ?? []).filter(one => contains(one.span, span)))
    if (defined) return defined.subject
    const known = mentions.get(file) ?? mentionsIn(catalog, stores, file)
    mentions.set(file, known)
    return mentioned(known, span)
  }
}

function definitionsIn(stores: readonly Store[], files: ReadonlySet<string>): ReadonlyMap<string, readonly Spanned[]> {
  const found = new Map<string, Spanned[]>()
  const add = (file: string, span: Span, subject: Subject) => {
    if (!files.has(file)) return
    const known = found.get(file)
    if (known) known.push({ span, subject })
    else found.set(file, [{ span, subject }])
  }
  for (const store of stores)
    for (const { name: entity, at, fields } of store.entities) {
      add(at.file, at.span, { store, entity: entity.text })
      for (const { name, at } of fields) add(at.file, at.span, { store, entity: entity.text, field: name.text })
    }
  return found
}

/** What is named in a file and exists; first the names themselves, then the constructs around them. */
function mentionsIn(catalog: Catalog, stores: readonly Store[], file: string): readonly Spanned[] {
  const byName = new Map(stores.map(store => [store.name, store]))
  const named = catalog.mentions(file).filter((one): one is NameMention => one.kind !== 'word')
  const found = named.flatMap(mention => {
    const store = byName.get(mention.store)
    const entity = store?.entities.find(({ name }) => name.text === mention.entity)
    if (!store || !entity) return []
    const field = entity.fields.find(({ name }) => mention.kind === 'field' && name.text === mention.field)
    const subject: Subject = { store, entity: mention.entity, ...(field && { field: field.name.text }) }
    return [{ subject, at: mention.at.span, whole: mention.whole?.span }]
  })
  return [
    ...found.map(({ subject, at }) => ({ subject, span: at })),
    ...found.flatMap(({ subject, whole }) => (whole ? [{ subject, span: whole }] : [])),
  ]
}

const mentioned = (all: readonly Spanned[], span: Span): Subject | undefined =>
  (all.find(one => sameSpan(one.span, span)) ?? smallest(all.filter(one => contains(one.span, span))))?.subject ??
  common(all.filter(one => contains(span, one.span)).map(one => one.subject))

/** What all subjects have in common: a field, an entity, or nothing. */
function common(all: readonly Subject[]): Subject | undefined {
  const [first] = all
  if (!first || all.some(({ store, entity }) => store !== first.store || entity !== first.entity)) return undefined
  return all.every(({ field }) => field === first.field) ? first : { store: first.store, entity: first.entity }
}

/** The first of the smallest. */
function smallest(all: readonly Spanned[]): Spanned | undefined {
  let best = all[0]
  for (const one of all) if (best && one.span.end - one.span.start < best.span.end - best.span.start) best = one
  return best
}
