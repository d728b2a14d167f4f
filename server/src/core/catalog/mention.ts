// Where the code names what the catalog knows: from these alone come completion, definition, references, rename and counts.

import type { Place } from '../text/span.ts'
import type { Field } from './catalog.ts'

/**
 * In which kind of code a name stands. `schema` defines; `migration` speaks of how it came to be; `model` is the code
 * that stands for it (a class for an entity, a property for a field); `relation` tells how entities belong together.
 */
export type Part = 'schema' | 'migration' | 'model' | 'relation' | 'query' | 'write' | 'sync' | 'sql' | 'config'

/**
 * A place in the code where a name of the catalog stands or is expected. The name need not exist: whoever asks looks it
 * up in its store.
 */
export interface NameMention {
  readonly kind: 'entity' | 'field'
  readonly store: string
  /** For a field, the entity it belongs to. */
  readonly entity: string
  /** For a field, its name. */
  readonly field?: string
  /** What a caret touches; for a string, the text between its quotes. */
  readonly at: Place
  /**
   * Where the letters of the name stand (between the quotes), when they stand somewhere as they are: `at` itself for a
   * literal, the constant's text for a name that leads to one. Renaming changes them. Absent for names that are put together.
   */
  readonly source?: Place
  readonly part: Part
  /**
   * `defines`: this is the definition. `adds`, `changes`: a migration step that brings it into being or alters it.
   * `stands`: code that stands for it: the name of a model class or of a property. `refers`: anything else.
   */
  readonly role: 'defines' | 'adds' | 'changes' | 'stands' | 'refers'
  /** For migrations: the version that the step leads to. */
  readonly version?: number
  /** True where its letters are part of a text of SQL. */
  readonly isSql?: boolean
  /** The whole construct around the name (the call, the decorator, the class), for previews and folding. */
  readonly whole?: Place
  /** For a field that is asked for: true for fields that fit best here, which are offered first. */
  readonly suits?: (field: Field) => boolean
}

/** A place where one of a few fixed words is expected, such as a column type. */
export interface WordMention {
  readonly kind: 'word'
  /** Between the quotes. */
  readonly at: Place
  readonly choices: readonly Choice[]
}

/** One of the words. */
export interface Choice {
  readonly text: string
  /** What it means, in a few words. */
  readonly detail?: string
}

export type Mention = NameMention | WordMention

/** A place where a whole new entry may be written: inside a list of columns, an object of associations, a class body. */
export interface Blank {
  /** From behind the opening bracket to before the closing one. A caret in an entry that is already there is not meant. */
  readonly at: Place
  /** The places of the entries that are already there. */
  readonly taken: readonly Place[]
  /** What must stand between two entries. */
  readonly separator?: ','
  /** What may be written there, likeliest first; computed when asked. `text` is the present text of the file. */
  offers(text: string): readonly Offer[]
}

/** An entry that may be written. */
export interface Offer {
  readonly label: string
  /** In the snippet syntax of LSP (`$1`, `${1:word}`, `${1|a,b|}`), with `\n` line ends and tabs for each level of indentation. */
  readonly snippet: string
  readonly detail?: string
  readonly documentation?: string
  /** What the snippet needs and the file may not import yet. */
  readonly imports?: readonly Needed[]
}

/** Names that are to be imported from a package, or from another file of the workspace. */
export interface Needed {
  readonly from: string | { readonly file: string }
  readonly names: readonly string[]
  /** True for the default export, under the one name given. */
  readonly isDefault?: boolean
  /** True when they are types only, so that nothing is imported at run time. */
  readonly isType?: boolean
}

/** How two entities belong together, once however often the code says so. */
export interface Relation {
  /** The entity that holds the key, and the key's field where there is one. */
  readonly from: string
  readonly field?: string
  readonly to: string
  readonly fromEnd: 'one' | 'many'
  readonly toEnd: 'one' | 'zero-or-one' | 'many'
  /** What code calls it: properties and association keys, each once, those of `from` first. */
  readonly names: readonly string[]
  /** Where it is written first. */
  readonly at: Place
}
