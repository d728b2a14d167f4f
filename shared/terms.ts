// The words of a database library as they cross the line: what it calls the things that it holds, and what it allows.

/** A word, one and many: `['table', 'tables']`. */
export type SharedWord = readonly [one: string, many: string]

/** The words in which people speak of what a store holds. */
export interface SharedTerms {
  readonly entity: SharedWord
  readonly field: SharedWord
}

/** Which names a new thing may not have; one that ends with `*` means all that begin so. */
export interface SharedNameRules {
  readonly entity: { readonly reserved: readonly string[] }
  readonly field: { readonly reserved: readonly string[] }
  readonly ignoresCase: boolean
}
