// What a caret would rename: a name whose letters stand there.
import type { Catalog, Entity, Store } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import { type Span, samePlace } from '../text/span.ts'
import { namesAt, thingsOf } from './names-at.ts'
import { lookUp, type Thing, thingOf } from './thing.ts'
import { termsOf } from './words.ts'

/** Why something is not renamed, in a sentence. */
export interface Refusal {
  readonly problem: string
}

/** A name that can be renamed. */
export interface RenameSubject {
  readonly thing: Thing
  readonly store: Store
  readonly entity: Entity
  /** The letters at the caret. */
  readonly span: Span
  readonly name: string
  /** What it is called: `table`, `column`. */
  readonly word: string
}

/**
 * The name at `offset`. Undefined where there is none, and on identifiers that only stand for a name (a model's class, a
 * property, a constant): these belong to the language, and renaming them leaves the data alone.
 */
export function renameSubject(catalog: Catalog, file: string, offset: number): RenameSubject | Refusal | undefined {
  const here = namesAt(catalog, file, offset)
  const text = here && catalog.text(file)?.slice(here.span.start, here.span.end)
  if (!here || !text || here.mentions.some(({ role }) => role === 'stands')) return undefined
  if (!here.mentions.some(({ at, source }) => source && samePlace(at, source)))
    return /^[\w$]+$/.test(text)
      ? undefined
      : { problem: 'This name is put together from parts, so there is no one place to rename it.' }
  const meant = here.mentions.filter(mention => isMeant(catalog, mention))
  const [thing, ...others] = thingsOf(meant.length > 0 ? meant : here.mentions)
  if (!thing) return undefined
  if (others.length > 0)
    return { problem: `This names ${[thing, ...others].map(one => described(catalog, one)).join(' and ')}.` }
  const { store, entity, field } = lookUp(catalog, thing)
  const name = thing.field ?? thing.entity
  const word = wordFor(catalog, thing)
  if (!store || !entity || (thing.field !== undefined && !field))
    return {
      problem: `The schema defines no ${word} "${name}"${thing.field === undefined ? '' : ` in "${thing.entity}"`}.`,
    }
  return { thing, store, entity, span: here.span, name, word }
}

/**
 * False where code that may speak of several databases names what this one certainly has not. What stands in a constant,
 * or in a migration, may be about the past.
 */
export function isMeant(catalog: Catalog, mention: NameMention): boolean {
  if (mention.part !== 'sql' && mention.part !== 'query' && mention.part !== 'write') return true
  const { store, entity, field } = lookUp(catalog, thingOf(mention))
  if (!store?.complete) return true
  return entity !== undefined && (mention.kind === 'entity' || field !== undefined || !entity.complete)
}

/** `table` or `column`. */
export function wordFor(catalog: Catalog, { store, field }: Thing): string {
  const terms = termsOf(catalog, store)
  return (field === undefined ? terms.entity : terms.field)[0]
}

/** A thing in words, with its database. */
export const described = (catalog: Catalog, thing: Thing): string =>
  `${wordFor(catalog, thing)} "${thing.entity}${thing.field === undefined ? '' : `.${thing.field}`}" of "${thing.store}"`
