// What may be written at a caret: names and words where one is expected, whole entries where a list has room.
import type { Catalog } from '../catalog/catalog.ts'
import type { Needed } from '../catalog/mention.ts'
import type { Span } from '../text/span.ts'
import { entriesAt } from './completion-entries.ts'
import { candidatesAt } from './completion-names.ts'
import type { Thing } from './thing.ts'

/** Something that may be written. */
export interface Completion {
  readonly label: string
  /** `class`: an entity that some code stands for. */
  readonly kind: 'entity' | 'class' | 'field' | 'word' | 'entry'
  readonly detail?: string
  /** What is written; for an entry in the snippet syntax of LSP. */
  readonly text: string
  /** What letters that are typed are compared with. */
  readonly filter: string
  readonly documentation?: string
  /** For a name, what it names. */
  readonly thing?: Thing
  /** What an entry needs and the file may not import yet. */
  readonly imports?: readonly Needed[]
}

/** What may be written at a caret, likeliest first. */
export interface Completions {
  /** What gives way: letters before the caret, and those behind it where the editor replaces what stands there. */
  readonly typed: Span
  readonly replaced: Span
  readonly items: readonly Completion[]
  /** A comma that is missing before the caret. */
  readonly comma?: { readonly at: number }
}

/**
 * What may be written at `offset` (UTF-16 code units, from 0) of `file`; undefined where nothing is known of. Names that
 * are reached through identifiers are none of its business: the language's own server knows those.
 */
export function completionsAt(catalog: Catalog, file: string, offset: number): Completions | undefined {
  const text = catalog.text(file)
  if (text === undefined) return undefined
  // A name that is all there is of an entry is the beginning of a whole one.
  return entriesAt(catalog, file, text, offset) ?? candidatesAt(catalog, file, text, offset)
}
