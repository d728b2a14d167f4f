// What all stores hold, by a few letters of its name.
import type { Catalog } from '../catalog/catalog.ts'
import type { Place } from '../text/span.ts'
import { rankOf } from './rank.ts'

/** One thing of a store, and what it is part of. */
export interface WorkspaceSymbol {
  readonly kind: 'entity' | 'field' | 'migration'
  readonly name: string
  readonly container: string
  readonly at: Place
  /** How well the letters fit: lower is better. */
  readonly rank: number
}

/** Editors show a list that is read from the top; more than this nobody reads. */
export const mostSymbols = 200

/** Entities, fields and migrations whose names hold the letters of `query` in this order, in any case; the best first. */
export function workspaceSymbols(catalog: Catalog, query: string): readonly WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = []
  const offer = (kind: WorkspaceSymbol['kind'], name: string, container: string, at: Place) => {
    const rank = name === '' ? undefined : rankOf(query, name)
    if (rank !== undefined) found.push({ kind, name, container, at, rank })
  }
  for (const store of catalog.stores()) {
    for (const entity of store.entities) {
      offer('entity', entity.name.text, store.name, entity.name.at)
      for (const field of entity.fields) offer('field', field.name.text, entity.name.text, field.name.at)
    }
    for (const { toVersion, at } of store.migrations)
      if (toVersion !== undefined) offer('migration', `Version ${toVersion}`, store.name, at)
  }
  return bestOf(found)
}

const bestOf = (symbols: WorkspaceSymbol[]): readonly WorkspaceSymbol[] =>
  symbols
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        order[a.kind] - order[b.kind] ||
        compare(a.name, b.name) ||
        compare(a.container, b.container),
    )
    .slice(0, mostSymbols)

const order = { entity: 0, migration: 1, field: 2 } as const
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
