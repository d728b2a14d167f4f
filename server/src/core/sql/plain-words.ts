// WINDOW, OVER and FILTER are keywords only where what follows says so; the parser takes them for keywords everywhere.
import { type SqlToken, scanSql } from './scan-sql.ts'
import { isWord } from './split-statements.ts'

/** A statement in which such words cannot be mistaken any more, and what stood there by offset. */
export interface PlainWords {
  readonly text: string
  readonly written: ReadonlyMap<number, string>
}

/** `statement` with a plain name of the same length for each of these words that SQLite reads as a name. */
export function withPlainWords(statement: string): PlainWords {
  const written = new Map<number, string>()
  if (!/window|over|filter/i.test(statement)) return { text: statement, written }
  const tokens = scanSql(statement)
  let text = statement
  for (const [index, token] of tokens.entries()) {
    if (!isPlain(statement, tokens, index)) continue
    written.set(token.start, statement.slice(token.start, token.end))
    text = `${text.slice(0, token.start)}_${text.slice(token.start + 1)}`
  }
  return { text, written }
}

function isPlain(sql: string, tokens: readonly SqlToken[], index: number): boolean {
  const is = (at: number, word: string) => isWord(sql, tokens[at], word)
  const isSign = (at: number, sign: string) => tokens[at]?.kind === 'punctuation' && sql[tokens[at].start] === sign
  const isName = (at: number) => {
    const token = tokens[at]
    if (!token) return false
    if (token.kind === 'quoted' || token.kind === 'string') return true
    return token.kind === 'word' && !reserved.has(sql.slice(token.start, token.end).toLowerCase())
  }
  if (is(index, 'window')) return !isName(index + 1) || !is(index + 2, 'as')
  if (is(index, 'filter')) return !isSign(index - 1, ')') || !isSign(index + 1, '(')
  return is(index, 'over') && !(isSign(index - 1, ')') && (isSign(index + 1, '(') || isName(index + 1)))
}

/** Keywords that are never names. */
const reserved: ReadonlySet<string> = new Set(
  `add all alter and as autoincrement between case check collate commit constraint create default deferrable delete
   distinct drop else escape exists foreign from group having in index insert intersect into is isnull join limit not
   nothing notnull null on or order primary references returning select set table then to transaction union unique
   update using values when where`.split(/\s+/),
)
