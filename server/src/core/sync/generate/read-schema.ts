// What is synced of a store, and what cannot be.
import type { Catalog, Entity, Store } from '../../catalog/catalog.ts'
import type { SyncEntity, SyncField, SyncTarget } from './layer.ts'
import { pathOf, typeNameOf } from './names.ts'
import { isNumberOfNobody, numberProblem, type References } from './numbered-keys.ts'

/** The entities of a store as a layer sees them, parents before their children, and why others are left out. */
export interface SyncableEntities {
  readonly entities: readonly SyncEntity[]
  readonly refused: readonly { readonly entity: string; readonly reason: string }[]
  /** Fields of those entities that hold bytes and are left out, as `entity.field`. */
  readonly bytes: readonly string[]
}

/** The tables of the layer itself. */
const ownTables: ReadonlySet<string> = new Set([
  'outbox',
  'sync_state',
  'sync_audit',
  'sync_records',
  'sync_conflicts',
  'sync_ids',
])

/** Reads the entities of `store`, without those that are excluded. */
export function readEntities(
  catalog: Catalog,
  store: Store,
  target: SyncTarget,
  exclude: readonly string[],
): SyncableEntities {
  const refused: { entity: string; reason: string }[] = []
  const bytes: string[] = []
  const readable = store.entities.filter(entity => {
    const name = entity.name.text
    if (ownTables.has(name) || exclude.includes(name) || target.skips?.(entity)) return false
    const reason = problemOf(store, entity) ?? target.problem?.(entity)
    if (reason !== undefined) refused.push({ entity: name || 'A table or class', reason })
    return reason === undefined
  })
  const relations = catalog.relations(store)
  const about = target.numbers && { numbers: target.numbers, entities: store.entities, relations }
  const kept = about === undefined ? readable : withoutStrangers(readable, about, refused)
  const names = new Set(kept.map(entity => entity.name.text))
  const isNumbered = (name: string) => kept.some(one => one.name.text === name && target.numbers?.has(one))
  /** A foreign key may lead to another column than the key. */
  const holdsKey = (entity: Entity, field: string, to: string) => {
    const other = kept.find(one => one.name.text === to)
    return other !== undefined && (target.numbers?.holdsKey(entity, field, other) ?? true)
  }
  const entities = kept.map((entity): SyncEntity => {
    const name = entity.name.text
    const key = keyOf(store, entity) ?? 'id'
    const parents = relations.flatMap(relation =>
      relation.from === name && relation.field !== undefined && holdsKey(entity, relation.field, relation.to)
        ? [{ entity: relation.to, field: relation.field }]
        : [],
    )
    const fields = entity.fields
      .filter(field => field.name.text !== key && !target.skips?.(entity, field))
      .filter(field => about === undefined || !isNumberOfNobody(entity, field, names, about))
      .map((field): SyncField => {
        const refersTo = parents.find(parent => parent.field === field.name.text)?.entity
        return {
          name: field.name.text,
          type: refersTo !== undefined && isNumbered(refersTo) ? 'id' : catalog.plainType(store, field),
          optional: field.optional,
          ...(refersTo !== undefined && { refersTo }),
        }
      })
      // Bytes do not go over the line in JSON; a file belongs into a storage for files.
      .filter(field => {
        if (field.type === 'bytes') bytes.push(`${name}.${field.name}`)
        return field.type !== 'bytes'
      })
    const read = { name, typeName: typeNameOf(name), path: pathOf(name), key, fields, parents }
    return isNumbered(name) ? { ...read, isNumbered: true } : read
  })
  return { entities: parentsFirst(entities), refused, bytes }
}

/** Without what refers to numbers that mean nothing elsewhere; each that goes may make another one go. */
function withoutStrangers(
  entities: readonly Entity[],
  about: References,
  refused: { entity: string; reason: string }[],
): readonly Entity[] {
  const names = new Set(entities.map(entity => entity.name.text))
  for (const entity of entities) {
    const reason = numberProblem(entity, names, about)
    if (reason === undefined) continue
    refused.push({ entity: entity.name.text, reason })
    return withoutStrangers(
      entities.filter(one => one !== entity),
      about,
      refused,
    )
  }
  return entities
}

/** The one field by which records are told apart. */
function keyOf(store: Store, entity: Entity): string | undefined {
  const primary = entity.fields.filter(field => field.isPrimary)
  if (primary.length === 1) return primary[0]?.name.text
  return store.engine === 'watermelondb' ? 'id' : undefined
}

function problemOf(store: Store, entity: Entity): string | undefined {
  if (entity.name.text === '') return 'its name cannot be read'
  if (keyOf(store, entity) === undefined) return 'it has no single primary key'
  return entity.complete ? undefined : 'some of its fields cannot be read'
}

/** In an order in which each parent comes before its children; within a circle, as the store has them. */
function parentsFirst(entities: readonly SyncEntity[]): readonly SyncEntity[] {
  const sorted: SyncEntity[] = []
  const visit = (entity: SyncEntity, path: ReadonlySet<string>): void => {
    if (sorted.includes(entity) || path.has(entity.name)) return
    for (const parent of entity.parents) {
      const found = entities.find(one => one.name === parent.entity)
      if (found) visit(found, new Set([...path, entity.name]))
    }
    sorted.push(entity)
  }
  for (const entity of entities) visit(entity, new Set())
  return sorted
}
