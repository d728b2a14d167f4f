// The tokens of SQL, read as SQLite's own tokenizer reads them; any text is taken, broken or not.

export type SqlTokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'blob'
  | 'number'
  | 'parameter'
  | 'punctuation'
  | 'comment'
  /** What SQLite takes for no token at all: a stray character, a text that is never closed. */
  | 'broken'

/** Offsets are UTF-16 code units from 0. */
export interface SqlToken {
  /** `word`: a keyword or a plain name; `quoted`: a name in `"…"`, `` `…` `` or `[…]`. */
  readonly kind: SqlTokenKind
  readonly start: number
  readonly end: number
}

/** What a text is cut into. Blanks are left out, comments are kept where `comments` says so. Never throws. */
export function scanSql(sql: string, comments = false): SqlToken[] {
  const tokens: SqlToken[] = []
  let at = 0
  while (at < sql.length) {
    // SQLite takes a text to end there.
    if (sql.charCodeAt(at) === 0) break
    if (isBlank(sql.charCodeAt(at))) {
      at++
      continue
    }
    const start = at
    const found = tokenAt(sql, at)
    at = found.end
    if (found.kind !== 'comment' || comments) tokens.push({ kind: found.kind, start, end: at })
  }
  return tokens
}

/** The name that a token stands for: without quotes, and with doubled ones made single. */
export function nameOf(written: string): string {
  const quote = written[0]
  if (quote === '[') return written.slice(1, written.endsWith(']') ? -1 : undefined)
  if (quote !== '"' && quote !== '`' && quote !== "'") return written
  const inner = written.slice(1, written.length > 1 && written.endsWith(quote) ? -1 : undefined)
  return inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner
}

/** Two names are the same where they differ in the case of ASCII letters alone. */
export const foldName = (name: string): string => name.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** A character that a plain name may have; `$` may not be the first. */
export const isNameCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 36 ||
  code >= 128

interface Found {
  readonly kind: SqlTokenKind
  readonly end: number
}

const isBlank = (code: number): boolean =>
  code === 32 || code === 10 || code === 9 || code === 13 || code === 12 || code === 0xfeff

const isDigit = (code: number): boolean => code >= 48 && code <= 57

const isHexDigit = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)

/** Longest first. */
const operators = ['->>', '->', '||', '<=', '<>', '<<', '>=', '>>', '==', '!=']

function tokenAt(sql: string, at: number): Found {
  const character = sql[at]!
  const next = sql[at + 1]
  const code = sql.charCodeAt(at)
  if (character === '-' && next === '-') {
    const line = sql.indexOf('\n', at)
    return { kind: 'comment', end: line < 0 ? sql.length : line }
  }
  if (character === '/' && next === '*' && at + 2 < sql.length) {
    const close = sql.indexOf('*/', at + 2)
    return { kind: 'comment', end: close < 0 ? sql.length : close + 2 }
  }
  if (character === "'" || character === '"' || character === '`') return quotedAt(sql, at, character)
  if (character === '[') {
    const close = sql.indexOf(']', at)
    return close < 0 ? { kind: 'broken', end: sql.length } : { kind: 'quoted', end: close + 1 }
  }
  if (isDigit(code) || (character === '.' && next !== undefined && isDigit(sql.charCodeAt(at + 1)))) {
    return numberAt(sql, at)
  }
  if (character === '?') return { kind: 'parameter', end: runOf(sql, at + 1, isDigit) }
  if (character === '$' || character === '@' || character === ':' || character === '#') return parameterAt(sql, at)
  if ((character === 'x' || character === 'X') && next === "'") return blobAt(sql, at)
  if (isNameCharacter(code)) return { kind: 'word', end: runOf(sql, at, isNameCharacter) }
  const operator = operators.find(text => sql.startsWith(text, at))
  if (operator) return { kind: 'punctuation', end: at + operator.length }
  return { kind: ';(),.*+-/%=<>&|~'.includes(character) ? 'punctuation' : 'broken', end: at + 1 }
}

function quotedAt(sql: string, at: number, quote: string): Found {
  let end = at + 1
  for (;;) {
    const close = sql.indexOf(quote, end)
    if (close < 0) return { kind: 'broken', end: sql.length }
    if (sql[close + 1] !== quote) return { kind: quote === "'" ? 'string' : 'quoted', end: close + 1 }
    end = close + 2
  }
}

function numberAt(sql: string, at: number): Found {
  let end = at
  if (sql[at] === '0' && /[xX]/.test(sql[at + 1] ?? '') && isHexDigit(sql.charCodeAt(at + 2))) {
    end = digits(sql, at + 2, isHexDigit)
  } else {
    end = digits(sql, end, isDigit)
    if (sql[end] === '.') end = digits(sql, end + 1, isDigit)
    const exponent = /^[eE][+-]?(?=\d)/.exec(sql.slice(end, end + 3))
    if (exponent) end = digits(sql, end + exponent[0].length, isDigit)
  }
  const whole = runOf(sql, end, isNameCharacter)
  return { kind: whole > end ? 'broken' : 'number', end: whole }
}

/** Digits may be parted by underscores; whether those stand where they may, SQLite asks only later. */
const digits = (sql: string, at: number, isOne: (code: number) => boolean): number =>
  runOf(sql, at, code => isOne(code) || code === 95)

/** `$name`, `:name`, `@name`, and the forms `$a::b(c)` that SQLite takes for the sake of Tcl. */
function parameterAt(sql: string, at: number): Found {
  let letters = 0
  let end = at + 1
  for (; end < sql.length; end++) {
    if (isNameCharacter(sql.charCodeAt(end))) letters++
    else if (sql[end] === ':' && sql[end + 1] === ':') end++
    else if (sql[end] === '(' && letters > 0) {
      while (end < sql.length && sql[end] !== ')' && !(end > at && isBlank(sql.charCodeAt(end)))) end++
      if (sql[end] !== ')') return { kind: 'broken', end }
      return { kind: 'parameter', end: end + 1 }
    } else break
  }
  return { kind: letters > 0 ? 'parameter' : 'broken', end }
}

function blobAt(sql: string, at: number): Found {
  const digitsEnd = runOf(sql, at + 2, isHexDigit)
  if (sql[digitsEnd] === "'" && (digitsEnd - at) % 2 === 0) return { kind: 'blob', end: digitsEnd + 1 }
  const close = sql.indexOf("'", digitsEnd)
  return { kind: 'broken', end: close < 0 ? sql.length : close + 1 }
}

function runOf(sql: string, at: number, isOne: (code: number) => boolean): number {
  let end = at
  while (end < sql.length && isOne(sql.charCodeAt(end))) end++
  return end
}
