// Values that are made at run time and stand in the text of SQL where they could be bound.
import type { TextPart, WrittenText } from '../../../catalog/written-text.ts'
import { parseSql } from '../../../sql/parse-sql.ts'
import { type SqlToken, scanSql } from '../../../sql/scan-sql.ts'
import type { Place } from '../../../text/span.ts'
import type { SqlInCode } from '../types.ts'
import { isHarmless } from './harmless-value.ts'

/** One value. Offsets are those of the text with its holes. */
export interface Interpolation {
  readonly part: TextPart
  /** The expression. */
  readonly at: Place
  /** The token that it stands in: the value alone, or the text in single quotes around it. */
  readonly token: SqlToken
  readonly isQuoted: boolean
}

/** Statements that bind nothing, and texts that are no values there. */
const unbound = /^\s*(?:pragma|create|alter|drop|attach|detach|vacuum|begin|commit|rollback|savepoint|release)\b/i

/** Behind these stands an operand. */
const beforeOperand = /^(?:=|==|<>|!=|<|>|<=|>=|\|\||\+|-|\*|\/|like|glob|match|regexp|is|not|limit|offset|between)$/i

/** All of a call that certainly are values. */
export function* interpolations({ sql: call, scope }: SqlInCode): Generator<Interpolation> {
  const { sql, method } = call
  if (!sql || method.binds === 'tag' || !sql.parts.some(part => part.isHole) || unbound.test(sql.text)) return
  const tokens = scanSql(sql.text)
  for (const part of sql.parts) {
    if (!part.isHole || !part.value || isHarmless(scope, part.value)) continue
    const token = tokens.find(one => one.start <= part.start && part.end <= one.end)
    if (!token) continue
    const at = { file: part.value.file, span: part.value.value.at }
    if (token.kind === 'string') yield { part, at, token, isQuoted: true }
    else if (token.start === part.start && token.end === part.end && isOperand(sql, tokens, token))
      yield { part, at, token, isQuoted: false }
  }
}

/** True where the value is one operand: a parameter in its place can be read, and it cannot be a whole condition or list. */
function isOperand({ text }: WrittenText, tokens: readonly SqlToken[], token: SqlToken): boolean {
  const index = tokens.indexOf(token)
  const word = (at: number) => {
    const one = tokens[at]
    return one ? text.slice(one.start, one.end) : ''
  }
  const isListed = isInValues(index, word)
  if (!beforeOperand.test(word(index - 1)) && !isListed) return false
  // What a name, a call or another value follows is a piece of SQL.
  const next = tokens[index + 1]
  if (next && (next.kind === 'string' || next.kind === 'number' || /^[.([]$/.test(word(index + 1)))) return false
  const bound = `${text.slice(0, token.start)}?${text.slice(token.end)}`
  return parseSql(bound).every(statement => statement.mistake === undefined)
}

/** True for an entry of a row of VALUES that has others beside it, none of them such a list. */
function isInValues(index: number, word: (at: number) => string): boolean {
  if (!/^[(,]$/.test(word(index - 1)) || !/^[),]$/.test(word(index + 1))) return false
  // `VALUES (${values})` may be the whole row.
  if (word(index - 1) === '(' && word(index + 1) === ')') return false
  let depth = 0
  for (let at = index - 1; at >= 0; at--) {
    if (word(at) === ')') depth++
    if (word(at) === '(' && depth-- === 0) return isRow(word, at - 1)
  }
  return false
}

/** True where a parenthesis opens a row of VALUES, the first or a later one. */
function isRow(word: (at: number) => string, before: number): boolean {
  let at = before
  while (word(at) === ',' && word(at - 1) === ')') {
    let depth = 0
    for (at--; at >= 0; at--) {
      if (word(at) === ')') depth++
      if (word(at) === '(' && --depth === 0) break
    }
    at--
  }
  return /^values$/i.test(word(at))
}
