// What a migration does, as its mentions tell.
import type { Catalog, Store } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import type { Place, Span } from '../text/span.ts'
import { distinctBy } from './places.ts'
import { counted } from './words.ts'

/** One migration of one store. */
export interface Migration {
  readonly store: Store
  readonly toVersion: number
  readonly at: Place
  /** What it brings into being or alters, in the order written. */
  readonly steps: readonly NameMention[]
}

/** The migrations that are written in `file`, each place once, those with a known version. */
export function migrationsIn(catalog: Catalog, file: string): readonly Migration[] {
  const found = catalog
    .stores()
    .flatMap(store =>
      store.migrations.flatMap(({ toVersion, at }) =>
        at.file === file && toVersion !== undefined ? [{ store, toVersion, at }] : [],
      ),
    )
  if (found.length === 0) return []
  const steps = new Map<string, NameMention[]>()
  for (const mention of catalog.mentions(file)) {
    if (mention.kind === 'word' || (mention.role !== 'adds' && mention.role !== 'changes')) continue
    const key = keyOf(mention.store, mention.version)
    const known = steps.get(key)
    if (known) known.push(mention)
    else steps.set(key, [mention])
  }
  return distinctBy(found, ({ at }) => at).map(({ store, toVersion, at }) => ({
    store,
    toVersion,
    at,
    steps: distinctBy(steps.get(keyOf(store.name, toVersion)) ?? [], step => step.at),
  }))
}

const keyOf = (store: string, version: number | undefined): string => `${version} ${store}`

/** What it does, in numbers: `adds 1 table, 2 columns`. Columns of a table that it creates are not counted apart. */
export function summaryOf(catalog: Catalog, { store, steps }: Migration): string {
  const terms = catalog.terms(store)
  const created = new Set(steps.filter(one => one.kind === 'entity' && one.role === 'adds').map(one => one.entity))
  const fields = steps.filter(one => one.kind === 'field' && one.role === 'adds' && !created.has(one.entity))
  const added = [
    ...(created.size > 0 ? [counted(created.size, terms.entity)] : []),
    ...(fields.length > 0 ? [counted(fields.length, terms.field)] : []),
  ]
  const grown = new Set([...created, ...fields.map(one => one.entity)])
  const changed = new Set(steps.filter(one => one.role === 'changes' && !grown.has(one.entity)).map(one => one.entity))
  const parts = [
    ...(added.length > 0 ? [`adds ${added.join(', ')}`] : []),
    ...(changed.size > 0 ? [`changes ${counted(changed.size, terms.entity)}`] : []),
  ]
  return parts.join(', ')
}

/** Where the number of the version is written: behind a colon, as the catalog does not tell. Undefined where it is a constant. */
export function versionSpan(catalog: Catalog, { at, toVersion }: Migration): Span | undefined {
  const text = catalog.text(at.file)?.slice(at.span.start, at.span.end)
  const found = text === undefined ? null : new RegExp(`:\\s*(?=${toVersion}\\b)`).exec(text)
  if (!found) return undefined
  const start = at.span.start + found.index + found[0].length
  return { start, end: start + String(toVersion).length }
}
