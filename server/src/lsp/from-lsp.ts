// Places and kinds of the protocol, in the words of the house.
import type { CodeActionKind, Range } from 'vscode-languageserver/node'
import type { Lines } from '../core/text/lines.ts'
import type { Span } from '../core/text/span.ts'

/** A range of a text as a span. */
export const toSpan = (lines: Lines, { start, end }: Range): Span => ({
  start: lines.offset(start.line, start.character),
  end: lines.offset(end.line, end.character),
})

/** True when `kind` is among the kinds asked for; kinds are a tree, and asking for a parent asks for its children. */
export const isAsked = (only: readonly CodeActionKind[] | undefined, kind: CodeActionKind): boolean =>
  only === undefined || only.some(asked => asked === '' || kind === asked || kind.startsWith(`${asked}.`))
