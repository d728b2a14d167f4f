// What an engine calls the things that it holds, and what it lets them be called.

/** A word, one and many: `['table', 'tables']`. */
export type Word = readonly [one: string, many: string]

/** The words in which people speak of what a store holds. */
export interface Terms {
  readonly entity: Word
  readonly field: Word
}

/** A type that a new field may be given. */
export interface FieldType {
  readonly text: string
  /** What it holds, in a few words. */
  readonly detail?: string
}

/** Which names a new thing may not have, besides those that are there. */
export interface NameRules {
  readonly entity: NameRule
  readonly field: NameRule
  /** True where names that differ in upper and lower case alone are the same. */
  readonly ignoresCase: boolean
}

/** Names that the database or the language keeps for itself; one that ends with `*` means all that begin so. */
export interface NameRule {
  readonly reserved: readonly string[]
}

/** For what is not known to belong to an engine. */
export const plainTerms: Terms = { entity: ['entity', 'entities'], field: ['field', 'fields'] }

/** Where nothing is known to be taken. */
export const allNames: NameRules = { entity: { reserved: [] }, field: { reserved: [] }, ignoresCase: false }
