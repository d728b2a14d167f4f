// What the text of queries says of a name besides what is mentioned: names before a dot, and what cannot be followed.
import type { Catalog } from '../catalog/catalog.ts'
import type { Mention, NameMention } from '../catalog/mention.ts'
import { contains, type Place, samePlace } from '../text/span.ts'
import { distinctPlaces } from './places.ts'
import { names, type Thing, thingOf } from './thing.ts'

/** True for names that may stand in the text of a query, where databases often do not tell upper case from lower. */
export const mayBeQuery = ({ part, role }: NameMention): boolean =>
  part === 'sql' || (part === 'migration' && role === 'changes')

/** The same thing, but for upper and lower case. */
export const isSpelledLike = (a: Thing, b: Thing): boolean =>
  a.store === b.store &&
  a.entity.toLowerCase() === b.entity.toLowerCase() &&
  a.field?.toLowerCase() === b.field?.toLowerCase()

/** Words in queries about a thing's entity. */
export interface QueryWords {
  /** Mentions that name the thing in other letters. */
  readonly alike: readonly NameMention[]
  /** Places of the entity's name before a dot. */
  readonly qualifiers: readonly Place[]
  /** A place with the name of which nobody can tell what it means there. */
  readonly unclear: Place | undefined
}

/** Looks through the queries that name the entity of `thing`, except what `isHistory` holds for. */
export function queryWords(catalog: Catalog, thing: Thing, isHistory: (mention: NameMention) => boolean): QueryWords {
  const alike: NameMention[] = []
  const qualifiers: Place[] = []
  let unclear: Place | undefined
  const entity: Thing = { store: thing.store, entity: thing.entity }
  for (const file of catalog.files()) {
    const about = inQueries(catalog.mentions(file)).filter(
      one => !isHistory(one) && isSpelledLike({ store: one.store, entity: one.entity }, entity),
    )
    if (about.length === 0) continue
    alike.push(...about.filter(one => !names(one, thing) && isSpelledLike(thingOf(one), thing)))
    const adding = catalog
      .mentions(file)
      .flatMap(one => (one.kind !== 'word' && one.role === 'adds' ? one.at.span : []))
    // Steps that add something are no text of a query: in them, words may be anything.
    const wholes = about.flatMap(({ whole }) => (whole?.file === file ? whole : []))
    const texts = wholes.filter(({ span }) => !adding.some(one => contains(span, one)))
    for (const query of distinctPlaces(texts))
      for (const place of wordsIn(catalog, query, thing.field ?? thing.entity)) {
        if (catalog.mentions(file).some(({ at }) => samePlace(at, place))) continue
        if (thing.field === undefined && isBeforeDot(catalog, place)) qualifiers.push(place)
        else unclear ??= place
      }
  }
  return { alike, qualifiers: distinctPlaces(qualifiers), unclear }
}

const known = new WeakMap<readonly Mention[], readonly NameMention[]>()

/** The mentions in the text of queries. Lists stay the same while nothing changes. */
function inQueries(mentions: readonly Mention[]): readonly NameMention[] {
  const found = known.get(mentions) ?? mentions.flatMap(one => (one.kind !== 'word' && mayBeQuery(one) ? one : []))
  known.set(mentions, found)
  return found
}

/** Where `word` stands by itself, in any case. */
function* wordsIn(catalog: Catalog, { file, span }: Place, word: string): Generator<Place> {
  const text = catalog.text(file)?.slice(span.start, span.end) ?? ''
  const escaped = word.replace(/[^\w]/g, '\\$&')
  for (const { index } of text.matchAll(new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'gi')))
    yield { file, span: { start: span.start + index, end: span.start + index + word.length } }
}

const isBeforeDot = (catalog: Catalog, { file, span }: Place): boolean =>
  /^["`\]]?\./.test(catalog.text(file)?.slice(span.end, span.end + 2) ?? '')
