// Walks over the tokens of a query and remembers what was found: the names, and the first thing that is wrong.
import type { Span } from '../../../text/span.ts'
import type { RqlMend, RqlProblem } from './problem.ts'
import type { RqlPath, RqlPathName } from './syntax.ts'
import type { RqlToken, RqlTokenKind } from './tokens.ts'

/** A name or an argument in a query, and where it belongs. Which class has it, `checkQuery` knows. */
export type RqlName =
  /** `path` is the whole key path that `element` is a part of; of an aggregated property, the path before it. */
  | {
      readonly role: 'property'
      readonly at: Span
      readonly name: string
      readonly path: RqlPath
      readonly within: readonly RqlScope[]
    }
  | { readonly role: 'class'; readonly at: Span; readonly name: string; readonly within: readonly RqlScope[] }
  | { readonly role: 'variable'; readonly at: Span; readonly name: string; readonly within: readonly RqlScope[] }
  | { readonly role: 'argument'; readonly at: Span; readonly index: number; readonly within: readonly RqlScope[] }

/** The element of a SUBQUERY. */
export interface RqlScope {
  readonly variable: RqlPathName
  /** The collection whose element it is. */
  readonly path: RqlPath
}

/** Thrown inside the parser only, when a part of a query can not be read on. */
export class Unreadable extends Error {}

export interface Cursor {
  readonly text: string
  peek(ahead?: number): RqlToken
  /** The token just taken. */
  last(): RqlToken | undefined
  take(): RqlToken
  /** Takes the next token when it is of this kind, and of this text where one is given. */
  takeIf(kind: RqlTokenKind, text?: string): RqlToken | undefined
  is(kind: RqlTokenKind, text?: string): boolean
  /** Takes a symbol. @throws Unreadable when something else stands there. */
  expect(symbol: string): RqlToken
  /** Says what is wrong (the first time only, as what follows is mostly a consequence). @throws Unreadable */
  fail(at: Span, message: string, mend?: RqlMend): never
  readonly names: RqlName[]
  readonly scopes: RqlScope[]
  readonly problems: RqlProblem[]
}

export function createCursor(text: string, tokens: readonly RqlToken[]): Cursor {
  let next = 0
  const end = tokens.at(-1)!
  const problems: RqlProblem[] = []
  const cursor: Cursor = {
    text,
    problems,
    names: [],
    scopes: [],
    peek: (ahead = 0) => tokens[next + ahead] ?? end,
    last: () => tokens[next - 1],
    take: () => tokens[next++] ?? end,
    is: (kind, word) => {
      const token = cursor.peek()
      return token.kind === kind && (word === undefined || token.text === word)
    },
    takeIf: (kind, word) => (cursor.is(kind, word) ? cursor.take() : undefined),
    expect: symbol => cursor.takeIf('symbol', symbol) ?? cursor.fail(cursor.peek().at, `'${symbol}' is missing here`),
    fail: (at, message, mend) => {
      if (problems.length === 0) problems.push({ kind: 'syntax', at, message, ...(mend ? { mend } : {}) })
      throw new Unreadable(message)
    },
  }
  return cursor
}

/** How a token is called in a message. */
export const shown = (token: RqlToken): string => (token.kind === 'end' ? 'The query ends here' : `'${token.text}'`)
