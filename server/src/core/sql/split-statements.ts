// Several statements in one text, told apart without a parser, so that broken ones do not take the others with them.
import { type SqlToken, scanSql } from './scan-sql.ts'

/** One statement of a text, without the blanks and comments around it and without its semicolon. */
export interface StatementSpan {
  readonly start: number
  readonly end: number
  /** Behind its semicolon, or the end of the text. */
  readonly after: number
  readonly tokens: readonly SqlToken[]
}

/** The statements of a text in order. Semicolons in the body of a trigger part nothing. */
export function splitStatements(sql: string): StatementSpan[] {
  const found: StatementSpan[] = []
  let tokens: SqlToken[] = []
  let isTrigger = false
  let isBody = false
  let isVirtual = false
  let depth = 0
  const close = (after: number) => {
    const first = tokens[0]
    if (first) found.push({ start: first.start, end: tokens.at(-1)!.end, after, tokens })
    tokens = []
    isTrigger = false
    isBody = false
    isVirtual = false
    depth = 0
  }
  for (const token of scanSql(sql)) {
    // A module takes any text for its arguments.
    if (isVirtual && token.kind === 'punctuation')
      depth += sql[token.start] === '(' ? 1 : sql[token.start] === ')' ? -1 : 0
    const isInside = (isVirtual && depth > 0) || (isTrigger && isBody && !endsBody(sql, tokens))
    if (isSemicolon(sql, token) && !isInside) {
      close(token.end)
      continue
    }
    tokens.push(token)
    if (token.kind !== 'word') continue
    if (tokens.length === 2 && isWord(sql, token, 'virtual') && isWord(sql, tokens[0], 'create')) isVirtual = true
    if (tokens.length <= 6 && isWord(sql, token, 'trigger')) isTrigger = startsTrigger(sql, tokens)
    else if (isTrigger && isWord(sql, token, 'begin')) isBody = true
  }
  close(sql.length)
  return found
}

/** True when a token is the word `lower`, in any case. */
export const isWord = (sql: string, token: SqlToken | undefined, lower: string): boolean =>
  token?.kind === 'word' &&
  token.end - token.start === lower.length &&
  sql.slice(token.start, token.end).toLowerCase() === lower

const isSemicolon = (sql: string, token: SqlToken): boolean => token.kind === 'punctuation' && sql[token.start] === ';'

/** `[EXPLAIN [QUERY PLAN]] CREATE [TEMP] TRIGGER`. */
function startsTrigger(sql: string, tokens: readonly SqlToken[]): boolean {
  const words = tokens.map(token => sql.slice(token.start, token.end).toLowerCase()).join(' ')
  return /^(?:explain (?:query plan )?)?create (?:temp |temporary )?trigger$/.test(words)
}

/** `…; END`: a CASE has no semicolon before its END. */
function endsBody(sql: string, tokens: readonly SqlToken[]): boolean {
  const before = tokens.at(-2)
  return isWord(sql, tokens.at(-1), 'end') && before !== undefined && isSemicolon(sql, before)
}
