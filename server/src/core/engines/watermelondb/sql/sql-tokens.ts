// Takes SQL apart into words, names, texts and signs.

/** A piece of SQL. `text` is without quotes; `start` and `end` are offsets in the SQL, quotes included. */
export interface SqlToken {
  /** `name` is a quoted name, `text` a string literal, `word` a keyword or a bare name. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign'
  readonly text: string
  readonly start: number
  readonly end: number
}

const tokenPattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[xX]?'(?:[^']|'')*'|\d[\w.]*|\.\d\w*|[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*|[?:@][\w]*|\|\||<<|>>|<=|>=|<>|!=|==|->>?|[-+*/%&|<>=~!(),.;]/y

/** The pieces of `sql` without white space and comments; undefined where a character is none that SQL knows. */
export function tokensOfSql(sql: string): SqlToken[] | undefined {
  const { tokens, end } = readTokens(sql)
  return end === sql.length ? tokens : undefined
}

/** True when a quote in `sql` is never closed. */
export function hasOpenQuote(sql: string): boolean {
  const { end } = readTokens(sql)
  return end < sql.length && /['"`[]/.test(sql[end]!)
}

/** Splits at semicolons; those in the body of a trigger do not end it. */
export function statementsOfSql(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]]
  let isInBody = false
  for (const token of tokens) {
    const own = statements.at(-1)!
    if (isWord(token, 'begin') && own.some(one => isWord(one, 'trigger')) && isWord(own[0], 'create')) isInBody = true
    if (isSign(token, ';') && (!isInBody || isWord(own.at(-1), 'end'))) {
      isInBody = false
      statements.push([])
    } else own.push(token)
  }
  return statements.filter(own => own.length > 0)
}

/** True for that keyword, however it is written. */
export const isWord = (token: SqlToken | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word

export const isSign = (token: SqlToken | undefined, sign: string): boolean =>
  token?.kind === 'sign' && token.text === sign

function readTokens(sql: string): { readonly tokens: SqlToken[]; readonly end: number } {
  const tokens: SqlToken[] = []
  let start = 0
  while (start < sql.length) {
    tokenPattern.lastIndex = start
    const raw = tokenPattern.exec(sql)?.[0]
    if (raw === undefined) break
    const end = start + raw.length
    const piece = pieceOf(raw)
    if (piece) tokens.push({ ...piece, start, end })
    start = end
  }
  return { tokens, end: start }
}

function pieceOf(raw: string): Pick<SqlToken, 'kind' | 'text'> | undefined {
  const first = raw[0]!
  if (/\s/.test(first) || raw.startsWith('--') || raw.startsWith('/*')) return undefined
  if (first === '"' || first === '`') return { kind: 'name', text: raw.slice(1, -1).replaceAll(first + first, first) }
  if (first === '[') return { kind: 'name', text: raw.slice(1, -1) }
  if (raw.endsWith("'")) return { kind: 'text', text: raw.slice(raw.indexOf("'") + 1, -1).replaceAll("''", "'") }
  if (/\d/.test(first) || (first === '.' && raw.length > 1)) return { kind: 'number', text: raw }
  return { kind: /[A-Za-z_$\u0080-\uffff]/.test(first) ? 'word' : 'sign', text: raw }
}
