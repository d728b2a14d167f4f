// The picture of what a workspace stores: its databases, their entities and fields, and how they belong together.
import type { DiagramRelation, DiagramView } from '../../../../shared/diagram.ts'
import type { Store } from '../catalog/catalog.ts'
import { arrange, type LastLayouts } from './arrange.ts'
import type { DrawnEntity, DrawnStore } from './drawn.ts'
import { isAsked, notesOf } from './notes.ts'
import { findingKey, type PlacedFindings, placeFindings } from './placed-findings.ts'
import type { DiagramSource } from './source.ts'
import { versionsOf } from './versions.ts'

/** What is to be seen. */
export interface DiagramOptions {
  /** Ids of stores; all where not said. A name alone does where it is the only one. */
  readonly stores?: readonly string[]
  /** At most so many entities are drawn, those with most relations first; a note says so. */
  readonly most?: number
  /** What was drawn for the same eyes before: most of it stays where it was. Taken over from this picture. */
  readonly last?: LastLayouts
}

/** More entities than this nobody reads in one picture. */
export const mostEntities = 1000

/** Draws the stores of all sources. Never empty-handed: where nothing can be drawn, the notes say why. */
export function diagramOf(sources: readonly DiagramSource[], options: DiagramOptions = {}): DiagramView {
  const all = sources.flatMap(source => {
    const findings = placeFindings(source)
    return source.catalog.stores().map(store => ({ source, store, findings, id: storeId(source, store) }))
  })
  const stores = all
    .filter(({ id, store }) => isAsked(options.stores, id, store.name))
    .map(({ source, store, findings }) => drawStore(source, store, findings))
  const { shown, left } = atMost(stores, options.most ?? mostEntities)
  return arrange(shown, { notes: notesOf(sources, stores, options.stores, left), steps: [] }, options.last)
}

/** The id of a store in a picture. */
export const storeId = ({ folder }: DiagramSource, store: { readonly name: string }): string =>
  folder === undefined ? store.name : `${folder}/${store.name}`

/** A store as it is now. */
export function drawStore(source: DiagramSource, store: Store, findings: PlacedFindings): DrawnStore {
  const { catalog, locate } = source
  const id = storeId(source, store)
  const relations = drawRelations(source, store)
  const keys = new Set(relations.flatMap(({ from, fromField }) => (fromField ? [`${from} ${fromField}`] : [])))
  const entities = store.entities.map((entity): DrawnEntity => {
    const name = entity.name.text
    const own = `${id}/${name}`
    return {
      id: own,
      store: id,
      name,
      complete: entity.complete,
      at: locate(entity.name.at),
      file: entity.at.file,
      findings: findings.get(findingKey(store.name, name)) ?? [],
      fields: entity.fields.map(field => ({
        name: field.name.text,
        ...(field.type && { type: field.type.text }),
        optional: field.optional,
        indexed: field.indexed,
        ...(field.isPrimary ? { key: 'primary' } : keys.has(`${own} ${field.name.text}`) && { key: 'foreign' }),
        at: locate(field.name.at),
        findings: findings.get(findingKey(store.name, name, field.name.text)) ?? [],
      })),
    }
  })
  return {
    id,
    name: store.name,
    engine: store.engine,
    engineTitle: catalog.engineTitle(store),
    terms: catalog.terms(store),
    ...(store.version && { version: store.version.value }),
    complete: store.complete,
    versions: versionsOf(catalog, store),
    entities: onceEach(entities),
    relations,
  }
}

/** A schema that is being written may have a name twice; ids are unique, and what comes later is drawn beside it. */
function onceEach(entities: readonly DrawnEntity[]): readonly DrawnEntity[] {
  const counts = new Map<string, number>()
  return entities.map(entity => {
    const count = (counts.get(entity.id) ?? 0) + 1
    counts.set(entity.id, count)
    return count === 1 ? entity : { ...entity, id: `${entity.id} (${count})` }
  })
}

function drawRelations(source: DiagramSource, store: Store): readonly DiagramRelation[] {
  const names = new Set(store.entities.map(entity => entity.name.text))
  const id = storeId(source, store)
  const seen = new Map<string, number>()
  return source.catalog
    .relations(store)
    .filter(({ from, to }) => names.has(from) && names.has(to))
    .map(({ from, field, to, fromEnd, toEnd, names: [name], at }) => {
      const key = `${id}/${from}.${field ?? ''} ${to}`
      const count = (seen.get(key) ?? 0) + 1
      seen.set(key, count)
      return {
        id: count === 1 ? key : `${key} (${count})`,
        from: `${id}/${from}`,
        to: `${id}/${to}`,
        ...(field !== undefined && { fromField: field }),
        name: name ?? field ?? '',
        fromEnd,
        toEnd,
        at: source.locate(at),
      }
    })
}

/** The most linked entities where there are too many, and how many are left out. */
function atMost(stores: readonly DrawnStore[], most: number): { shown: readonly DrawnStore[]; left: number } {
  const count = stores.reduce((sum, store) => sum + store.entities.length, 0)
  if (count <= most) return { shown: stores, left: 0 }
  const degrees = new Map<string, number>()
  for (const { relations } of stores)
    for (const { from, to } of relations) for (const end of [from, to]) degrees.set(end, (degrees.get(end) ?? 0) + 1)
  const kept = new Set(
    stores
      .flatMap(store => store.entities.map(({ id }) => id))
      .sort((a, b) => (degrees.get(b) ?? 0) - (degrees.get(a) ?? 0) || (a < b ? -1 : 1))
      .slice(0, most),
  )
  const shown = stores.map(store => ({
    ...store,
    entities: store.entities.filter(({ id }) => kept.has(id)),
    relations: store.relations.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  }))
  return { shown, left: count - most }
}
