// The words in which answers speak of stores, and how they count.
import type { Catalog, Field } from '../catalog/catalog.ts'
import type { NameMention, Part } from '../catalog/mention.ts'
import { plainTerms, type Terms, type Word } from '../catalog/terms.ts'
import { distinctPlaces } from './places.ts'

/** What entities and fields of the store of that name are called. */
export function termsOf(catalog: Catalog, name: string): Terms {
  const store = catalog.stores().find(one => one.name === name)
  return store ? catalog.terms(store) : plainTerms
}

/** A number with its word: `1 table`, `2 tables`. */
export const counted = (count: number, [one, many]: Word): string => `${count} ${count === 1 ? one : many}`

/** What a field is, after its name: `string, optional, indexed`. */
export const natureOf = ({ type, optional, indexed, isPrimary }: Field): string =>
  [type?.text, isPrimary && 'primary key', optional && 'optional', indexed && 'indexed'].filter(Boolean).join(', ')

/** What a field holds in as few letters as possible: `string`, `string?` where it is optional. Empty where it is not known. */
export const briefType = ({ type, optional }: Field): string => (type ? type.text + (optional ? '?' : '') : '')

/**
 * Who uses a thing, by kind of code: `2 models`, `5 queries`. Definitions and the texts of constants do not count; each place
 * counts once.
 */
export const usageWords = (uses: readonly NameMention[]): readonly string[] =>
  parts.flatMap(([part, words]) => {
    const count = countOf(
      part,
      uses.filter(use => use.part === part && use.role !== 'defines'),
    )
    return count === 0 ? [] : [counted(count, words)]
  })

/**
 * A model names its table in its class and again in its decorators, so what stands for a thing is counted where anything
 * does; a migration counts once, however often it speaks of a thing.
 */
function countOf(part: Part, uses: readonly NameMention[]): number {
  if (part === 'migration') {
    const versions = new Set(uses.flatMap(({ version }) => version ?? []))
    return (
      versions.size + distinctPlaces(uses.filter(({ version }) => version === undefined).map(({ at }) => at)).length
    )
  }
  const standing = part === 'model' ? uses.filter(({ role }) => role === 'stands') : []
  return distinctPlaces((standing.length > 0 ? standing : uses).map(({ at }) => at)).length
}

const parts: readonly (readonly [Part, Word])[] = [
  ['model', ['model', 'models']],
  ['relation', ['relation', 'relations']],
  ['query', ['query', 'queries']],
  ['write', ['write', 'writes']],
  ['sql', ['place in SQL', 'places in SQL']],
  ['sync', ['place in sync code', 'places in sync code']],
  ['migration', ['migration', 'migrations']],
]
