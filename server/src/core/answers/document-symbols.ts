// What one file defines, as an outline: entities with their fields, and migrations with their steps.
import type { Catalog, Entity, Store } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import { contains, type Place, type Span } from '../text/span.ts'
import { type Migration, migrationsIn, summaryOf, versionSpan } from './migration-steps.ts'
import { byPlace, distinctBy } from './places.ts'
import { briefType, counted } from './words.ts'

/** One line of the outline. `select` lies within `span`. */
export interface DocumentSymbol {
  readonly kind: 'entity' | 'field' | 'migration'
  readonly name: string
  readonly detail: string
  readonly span: Span
  readonly select: Span
  readonly children: readonly DocumentSymbol[]
}

/** Lines of an outline, at most: so many does the JSON server of VS Code compute too (`json.maxItemsComputed`). */
const most = 5000

/**
 * The outline of `file`, from the top. Model classes are left out: the language's own outline has them. Where there would
 * be too many lines, fields are left out as well.
 */
export function documentSymbols(catalog: Catalog, file: string): readonly DocumentSymbol[] {
  const entities = entitiesIn(catalog, file)
  const stores = new Set(entities.map(({ store }) => store.name))
  const size = entities.reduce((count, { entity }) => count + 1 + entity.fields.length, 0)
  const symbols = [
    ...entities.map(({ store, entity }) => entitySymbol(catalog, entity, store, stores.size > 1, size <= most)),
    ...migrationsIn(catalog, file).map(migration => migrationSymbol(catalog, migration)),
  ]
  return symbols.sort((a, b) => byPlace({ file, span: a.span }, { file, span: b.span }))
}

/** The entities that `file` defines, from the top, each once. */
export const entitiesIn = (catalog: Catalog, file: string): readonly EntityInStore[] =>
  distinctBy(
    catalog
      .stores()
      .flatMap(store => store.entities.flatMap(entity => (entity.at.file === file ? [{ store, entity }] : []))),
    ({ entity }) => entity.at,
  )

/** An entity and its store. */
export interface EntityInStore {
  readonly store: Store
  readonly entity: Entity
}

function entitySymbol(
  catalog: Catalog,
  entity: Entity,
  store: Store,
  isOneOfSeveral: boolean,
  withFields: boolean,
): DocumentSymbol {
  const count = counted(entity.fields.length, catalog.terms(store).field)
  return {
    kind: 'entity',
    name: nameOf(entity.name.text || textAt(catalog, entity.name.at)),
    detail: isOneOfSeveral ? `${store.name} · ${count}` : count,
    span: entity.at.span,
    select: within(entity.at, entity.name.at),
    children: (withFields ? entity.fields : [])
      .filter(({ at }) => at.file === entity.at.file && contains(entity.at.span, at.span))
      .map(field => ({
        kind: 'field',
        name: nameOf(field.name.text || textAt(catalog, field.name.at)),
        detail: [briefType(field), field.indexed && 'indexed'].filter(Boolean).join(' · '),
        span: field.at.span,
        select: within(field.at, field.name.at),
        children: [],
      })),
  }
}

function migrationSymbol(catalog: Catalog, migration: Migration): DocumentSymbol {
  const { at, toVersion, steps } = migration
  const first = { start: at.span.start, end: Math.min(at.span.start + 1, at.span.end) }
  return {
    kind: 'migration',
    name: `Version ${toVersion}`,
    detail: summaryOf(catalog, migration),
    span: at.span,
    select: versionSpan(catalog, migration) ?? first,
    children: stepSymbols(steps.filter(step => contains(at.span, step.at.span))),
  }
}

/** Steps as written; a field inside the construct that names its entity stands below the entity. */
function stepSymbols(steps: readonly NameMention[]): readonly DocumentSymbol[] {
  const symbols: (DocumentSymbol & { children: DocumentSymbol[] })[] = []
  let parent: { readonly entity: string; readonly symbol: (typeof symbols)[number] } | undefined
  for (const { kind, entity, field, role, at, whole } of steps) {
    const span = whole?.file === at.file && contains(whole.span, at.span) ? whole.span : at.span
    const isBelow = kind === 'field' && parent?.entity === entity && contains(parent.symbol.span, span)
    const symbol = {
      kind,
      name: nameOf(kind === 'entity' ? entity : isBelow ? (field ?? '') : `${entity}.${field}`),
      detail: isBelow ? '' : role,
      span,
      select: at.span,
      children: [],
    }
    if (isBelow) parent?.symbol.children.push(symbol)
    else symbols.push(symbol)
    if (kind === 'entity') parent = { entity, symbol }
  }
  return symbols
}

/** Editors refuse symbols without a name. */
const nameOf = (text: string): string => (text.trim() === '' ? '(no name)' : text.slice(0, longestName))
const longestName = 80

/** What stands where a name is not known. */
const textAt = (catalog: Catalog, { file, span }: Place): string =>
  catalog.text(file)?.slice(span.start, span.end) ?? ''

const within = (outer: Place, inner: Place): Span =>
  outer.file === inner.file && contains(outer.span, inner.span)
    ? inner.span
    : { start: outer.span.start, end: Math.min(outer.span.start + 1, outer.span.end) }
