// Which tables and columns a query or a change in SQL speaks of, as far as that is plain.
import { sqlKeywords } from './sql-keywords.ts'
import { isSign, isWord, type SqlToken } from './sql-tokens.ts'

/** The names in one statement or expression. */
export interface SqlNames {
  readonly tables: readonly SqlToken[]
  /** Columns with the name of their table. */
  readonly columns: readonly { readonly table: string; readonly column: SqlToken }[]
}

/** Statements whose tables are easy to tell. */
const readable = ['select', 'insert', 'replace', 'update', 'delete']

/**
 * The names of a statement; undefined where it is of another kind or defines names of its own (`with`, windows).
 * Names without a table are told only where there is a single table, and never in quotes, as those may be texts.
 */
export function namesInStatement(tokens: readonly SqlToken[]): SqlNames | undefined {
  if (!readable.some(word => isWord(tokens[0], word))) return undefined
  if (['with', 'window', 'over'].some(word => tokens.some(token => isWord(token, word)))) return undefined
  const { tables, aliases, isComplete } = tablesIn(tokens)
  const selects = tokens.filter(token => isWord(token, 'select')).length
  const only = tables.length === 1 && selects <= 1 && isComplete ? tables[0]!.text : undefined
  return { tables, columns: columnsIn(tokens, aliases, only) }
}

/** The names of a condition in a query on `table`; undefined for `table` where others are joined. */
export function namesInExpression(tokens: readonly SqlToken[], table: string | undefined): SqlNames {
  const hasOwn = tokens.some(token => isWord(token, 'select') || isWord(token, 'over'))
  const { tables, aliases } = tablesIn(tokens)
  return { tables, columns: columnsIn(tokens, aliases, hasOwn ? undefined : table) }
}

interface Tables {
  readonly tables: readonly SqlToken[]
  /** Names in lower case to tables. */
  readonly aliases: ReadonlyMap<string, string>
  /** False when something else than a named table is read from. */
  readonly isComplete: boolean
}

function tablesIn(tokens: readonly SqlToken[]): Tables {
  const tables: SqlToken[] = []
  const aliases = new Map<string, string>()
  let isComplete = true
  const read = (at: number): void => {
    const token = tokens[at]
    if (!token || !isName(token) || isSign(tokens[at + 1], '.')) {
      isComplete = false
      return
    }
    const isInto = isWord(tokens[at - 1], 'into')
    // A function that gives rows: `json_each(…)`.
    if (isSign(tokens[at + 1], '(') && !isInto) {
      isComplete = false
      return
    }
    tables.push(token)
    aliases.set(token.text.toLowerCase(), token.text)
    const next = at + (isWord(tokens[at + 1], 'as') ? 2 : 1)
    const alias = tokens[next]
    const hasAlias = alias && isName(alias)
    if (hasAlias) aliases.set(alias.text.toLowerCase(), token.text)
    const behind = hasAlias ? next + 1 : at + 1
    if (isSign(tokens[behind], ',') && !isInto && !isWord(tokens[at - 1], 'update')) read(behind + 1)
  }
  for (const [i, token] of tokens.entries()) {
    const isFrom = isWord(token, 'from') && !isWord(tokens[i - 1], 'distinct')
    const isFirstUpdate = i === 0 && isWord(token, 'update') && !isWord(tokens[1], 'or')
    if (isFrom || isWord(token, 'join') || isWord(token, 'into') || isFirstUpdate) read(i + 1)
    if (i === 0 && isWord(token, 'update') && isWord(tokens[1], 'or')) read(3)
  }
  return { tables, aliases, isComplete }
}

function columnsIn(tokens: readonly SqlToken[], aliases: ReadonlyMap<string, string>, only: string | undefined) {
  const columns: { table: string; column: SqlToken }[] = []
  const given = new Set([...aliases.keys(), ...aliasesIn(tokens)])
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1]
    const after = tokens[i + 1]
    if (isSign(before, '.')) {
      const of = tokens[i - 2]
      const isDeeper = isSign(tokens[i - 3], '.')
      if (!isNameLike(token) || !of || isDeeper || isSign(after, '.') || isSign(after, '(')) continue
      columns.push({ table: aliases.get(of.text.toLowerCase()) ?? of.text, column: token })
      continue
    }
    if (only === undefined || isSign(after, '.') || isSign(after, '(')) continue
    const isSetTarget = token.kind === 'name' && isWord(before, 'set') && isSign(after, '=')
    const isBare = token.kind === 'word' && isName(token) && !given.has(token.text.toLowerCase())
    if (isSetTarget || (isBare && !followsName(tokens, i))) columns.push({ table: only, column: token })
  }
  return columns
}

/** Names that the statement itself gives to results. */
function aliasesIn(tokens: readonly SqlToken[]): readonly string[] {
  return tokens.flatMap((token, i) => (isName(token) && followsName(tokens, i) ? [token.text.toLowerCase()] : []))
}

/** True behind `as`, `collate`, another name or a value: there stands a name that is given, not one that is meant. */
function followsName(tokens: readonly SqlToken[], i: number): boolean {
  const before = tokens[i - 1]
  if (!before) return false
  if (before.kind === 'sign') return before.text === ')' || /^[?:@]./.test(before.text) || before.text === '?'
  if (before.kind !== 'word') return true
  return ['as', 'collate', 'indexed', 'end', 'null'].includes(before.text.toLowerCase()) || isName(before)
}

const isName = (token: SqlToken): boolean =>
  token.kind === 'name' ||
  (token.kind === 'word' && !sqlKeywords.has(token.text.toLowerCase()) && !token.text.startsWith('$'))

const isNameLike = (token: SqlToken): boolean => token.kind === 'name' || token.kind === 'word'
