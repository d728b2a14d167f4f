// What is offered at a place of a text.
import type { Needed } from '../catalog/mention.ts'
import type { Span } from '../text/span.ts'
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
