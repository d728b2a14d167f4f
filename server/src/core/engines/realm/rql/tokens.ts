// Cuts a query text into tokens as Realm does: the longest match wins, and of equally long ones the first in the table.
import type { Span } from '../../../text/span.ts'
import type { RqlProblem } from './problem.ts'

export type RqlTokenKind =
  | 'symbol'
  | 'equal'
  | 'not-equal'
  | 'relation'
  | 'in'
  | 'and'
  | 'or'
  | 'not'
  | 'quantifier'
  | 'string-operator'
  | 'text'
  | 'between'
  | 'geowithin'
  | 'always'
  | 'sort'
  | 'distinct'
  | 'limit'
  | 'binary'
  | 'obj'
  | 'direction'
  | 'subquery'
  | 'geo-shape'
  | 'size'
  | 'aggregate'
  | 'type'
  | 'links'
  | 'keys-or-values'
  | 'first'
  | 'last'
  | 'index-size'
  | 'case'
  | 'bool'
  | 'infinity'
  | 'nan'
  | 'null'
  | 'uuid'
  | 'objectId'
  | 'timestamp'
  | 'link'
  | 'typedLink'
  | 'natural'
  | 'argument'
  | 'path-argument'
  | 'number'
  | 'float'
  | 'base64'
  | 'string'
  | 'name'
  | 'end'

export interface RqlToken {
  readonly kind: RqlTokenKind
  readonly text: string
  readonly at: Span
}

/** The tokens of a query, the last one being of kind `end`, and what is no token. */
export interface RqlTokens {
  readonly tokens: readonly RqlToken[]
  readonly problems: readonly RqlProblem[]
}

/** Cuts a text into tokens. What is no token is reported and left out. */
export function tokenize(text: string): RqlTokens {
  const tokens: RqlToken[] = []
  const problems: RqlProblem[] = []
  let offset = 0
  while (offset < text.length) {
    blanks.lastIndex = offset
    if (blanks.test(text)) {
      offset = blanks.lastIndex
      continue
    }
    const token = longest(text, offset)
    if (token) tokens.push(token)
    else problems.push(notAToken(text, offset))
    offset = token?.at.end ?? problems.at(-1)!.at.end
  }
  tokens.push({ kind: 'end', text: '', at: { start: text.length, end: text.length } })
  return { tokens, problems }
}

/** The name that a token stands for where a name may stand: with the escaped blanks made plain. */
export const plainName = (text: string): string =>
  text.replace(/\\([ nrt])/g, (_, letter: string) => escapedBlanks[letter]!)

const escapedBlanks: Readonly<Record<string, string>> = { ' ': ' ', n: '\n', r: '\r', t: '\t' }
const blanks = /[ \t\r\n]+/y
const escaped = String.raw`\\["'/bfnrt0\\]|\\u[0-9a-fA-F]{4}`

/** Beyond ASCII every character is a letter, even a blank one. */
const table: readonly (readonly [RqlTokenKind, RegExp])[] = [
  ['symbol', /[-+*/]/y],
  ['equal', /==?/y],
  ['in', /in|IN/y],
  ['not-equal', /!=|<>/y],
  ['relation', /<=|=<|>=|=>|<|>/y],
  ['symbol', /[[\],(){}.]/y],
  ['and', /&&|and/iy],
  ['or', /\|\||or/iy],
  ['not', /!|not|NOT/y],
  ['quantifier', /any|ANY|some|SOME|all|ALL|none|NONE/y],
  ['string-operator', /beginswith|endswith|contains|like/iy],
  ['text', /text/iy],
  ['between', /between/iy],
  ['geowithin', /geowithin/iy],
  ['always', /truepredicate|falsepredicate/iy],
  ['sort', /sort/iy],
  ['distinct', /distinct/iy],
  ['limit', /limit/iy],
  ['binary', /binary|bin/iy],
  ['obj', /obj/iy],
  ['direction', /ascending|asc|descending|desc/iy],
  ['subquery', /subquery/iy],
  ['geo-shape', /geobox|geopolygon|geocircle/iy],
  ['size', /@size|@count/y],
  ['aggregate', /@max|@min|@sum|@avg/y],
  ['links', /@links/y],
  ['type', /@type/y],
  ['keys-or-values', /@keys|@values/y],
  ['first', /FIRST|first/y],
  ['last', /LAST|last/y],
  ['index-size', /SIZE|size/y],
  ['case', /\[c\]/y],
  ['bool', /true|TRUE|false|FALSE/y],
  ['infinity', /[+-]?(?:infinity|inf)/iy],
  ['nan', /[+-]?nan/iy],
  ['null', /null|nil/iy],
  ['uuid', /uuid\([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\)/y],
  ['objectId', /oid\([0-9a-fA-F]{24}\)/y],
  ['timestamp', /T[+-]?\d+:[+-]?\d+|\d+-\d+-\d+[@T]\d+:\d+:\d+(?::\d+)?/y],
  ['link', /O\d+/y],
  ['typedLink', /L\d+:\d+/y],
  ['natural', /\d+/y],
  ['argument', /\$\d+/y],
  ['path-argument', /\$K\d+/y],
  ['number', /0[xX][0-9a-fA-F]+|[+-]?\d+/y],
  ['float', /[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?f?/y],
  ['base64', /B64"[a-zA-Z0-9/+=]*"/y],
  ['string', new RegExp(`"(?:[^"\\\\]|${escaped})*"|'(?:[^'\\\\]|${escaped})*'`, 'y')],
  ['name', /(?:[a-zA-Z_$]|[\u0080-\uffff])(?:[\w$-]|[\u0080-\uffff]|\\[ nrt])*/y],
]

function longest(text: string, offset: number): RqlToken | undefined {
  let kind: RqlTokenKind | undefined
  let end = offset
  for (const [candidate, pattern] of table) {
    pattern.lastIndex = offset
    if (!pattern.test(text) || pattern.lastIndex <= end) continue
    kind = candidate
    end = pattern.lastIndex
  }
  return kind && { kind, text: text.slice(offset, end), at: { start: offset, end } }
}

function notAToken(text: string, offset: number): RqlProblem {
  const character = text[offset]!
  if (character === '"' || character === "'") return brokenString(text, offset, character)
  const operator = /===|!==|\[\w+\]|@\w+|%@|[&|]/y
  operator.lastIndex = offset
  const word = operator.exec(text)?.[0] ?? character
  const at = { start: offset, end: offset + word.length }
  const meant = meantBy[word]
  const problem = { kind: 'syntax', at, message: `'${word}' has no meaning in a query` } as const
  if (word === '%@' || word === '?')
    return { ...problem, message: `${problem.message}: a given value is written $0, $1` }
  return meant
    ? { ...problem, message: `${problem.message}: did you mean ${meant}?`, mend: { at, text: meant } }
    : problem
}

const meantBy: Readonly<Record<string, string>> = { '@average': '@avg', '&': '&&', '|': '||', '@length': '@count' }

function brokenString(text: string, offset: number, quote: string): RqlProblem {
  for (let i = offset + 1; i < text.length; i++) {
    if (text[i] === quote) break
    if (text[i] !== '\\') continue
    const known = /\\(?:["'/bfnrt0\\]|u[0-9a-fA-F]{4})/y
    known.lastIndex = i
    if (known.test(text)) {
      i = known.lastIndex - 1
      continue
    }
    const at = { start: i, end: Math.min(i + 2, text.length) }
    // Whatever follows belongs to the string, so it is not read as anything else.
    const close = text.indexOf(quote, i)
    const end = close < 0 ? text.length : close + 1
    return {
      kind: 'syntax',
      at: { start: at.start, end },
      message: `'${text.slice(at.start, at.end)}' is no escape in a string of a query`,
    }
  }
  return { kind: 'syntax', at: { start: offset, end: text.length }, message: 'This string has no end' }
}
