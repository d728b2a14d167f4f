// An entity or a field of a store, whoever names it, and everything that does.
import type { Catalog, Entity, Field, Store } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'

/** An entity, or with `field` a field of it. */
export interface Thing {
  readonly store: string
  readonly entity: string
  readonly field?: string
}

/** What the catalog knows of a thing. Parts are undefined where there is no such store, entity or field. */
export interface Found {
  readonly store: Store | undefined
  readonly entity: Entity | undefined
  readonly field: Field | undefined
}

/** What a mention names. */
export const thingOf = ({ kind, store, entity, field }: NameMention): Thing =>
  kind === 'field' && field !== undefined ? { store, entity, field } : { store, entity }

/** True when `mention` names `thing`. */
export const names = (mention: NameMention, thing: Thing): boolean =>
  mention.entity === thing.entity &&
  mention.store === thing.store &&
  (mention.kind === 'field' ? mention.field === thing.field : thing.field === undefined)

/** Looks a thing up in its store. */
export function lookUp(catalog: Catalog, thing: Thing): Found {
  const store = catalog.stores().find(one => one.name === thing.store)
  const entity = store?.entities.find(one => one.name.text === thing.entity)
  const field = thing.field === undefined ? undefined : entity?.fields.find(one => one.name.text === thing.field)
  return { store, entity, field }
}

/** Every mention of a thing in the workspace, file by file. */
export function* mentionsOf(catalog: Catalog, thing: Thing): Generator<NameMention> {
  for (const file of catalog.files())
    for (const mention of catalog.mentions(file)) if (mention.kind !== 'word' && names(mention, thing)) yield mention
}
