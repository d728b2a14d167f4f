// Where the statement that makes a table names it and its columns. Works on text that is being written.
import { nameOf, type SqlToken } from '../../../sql/scan-sql.ts'
import { isWord, splitStatements } from '../../../sql/split-statements.ts'

/** A name in a text. */
export interface NameInText {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A column, with the stretch of its whole definition and its type as written. */
export interface ColumnInText {
  readonly name: NameInText
  readonly start: number
  readonly end: number
  readonly type: NameInText | undefined
}

/** `CREATE TABLE`, `CREATE VIEW` or `CREATE VIRTUAL TABLE`. */
export interface CreatedTable {
  readonly name: NameInText
  readonly start: number
  readonly end: number
  readonly columns: readonly ColumnInText[]
}

/** `ALTER TABLE`. */
export interface AlteredTable {
  readonly table: NameInText
  readonly start: number
  readonly end: number
  readonly added: ColumnInText | undefined
}

const constraints = new Set(['constraint', 'primary', 'unique', 'check', 'foreign'])
/** Words behind a column's type. */
const afterType = new Set([
  ...['constraint', 'primary', 'not', 'null', 'unique', 'check', 'default', 'collate', 'references', 'generated', 'as'],
])

/** The tables and views that the statements of a text make. */
export function createdTables(sql: string): readonly CreatedTable[] {
  if (!/\bcreate\b/i.test(sql)) return []
  return splitStatements(sql).flatMap(({ tokens, start, end }) => {
    let at = 0
    const word = (text: string): boolean => {
      if (!isWord(sql, tokens[at], text)) return false
      at++
      return true
    }
    if (!word('create')) return []
    if (word('temp') || word('temporary')) return []
    const isVirtual = word('virtual')
    const isView = !isVirtual && word('view')
    if (!isView && !word('table')) return []
    if (word('if')) {
      word('not')
      word('exists')
    }
    if (sql[tokens[at + 1]?.start ?? -1] === '.') at += 2
    const name = nameAt(sql, tokens[at])
    if (!name) return []
    const columns = isVirtual || isView ? [] : columnsIn(sql, tokens.slice(at + 1))
    return [{ name, start, end, columns }]
  })
}

/** The tables that the statements of a text alter. */
export function alteredTables(sql: string): readonly AlteredTable[] {
  if (!/\balter\b/i.test(sql)) return []
  return splitStatements(sql).flatMap(({ tokens, start, end }) => {
    if (!isWord(sql, tokens[0], 'alter') || !isWord(sql, tokens[1], 'table')) return []
    const at = sql[tokens[3]?.start ?? -1] === '.' ? 4 : 2
    const table = nameAt(sql, tokens[at])
    if (!table) return []
    const rest = tokens.slice(at + 1)
    const isAdd = isWord(sql, rest[0], 'add')
    const definition = rest.slice(isWord(sql, rest[1], 'column') ? 2 : 1)
    return [{ table, start, end, added: isAdd ? columnOf(sql, definition) : undefined }]
  })
}

function columnsIn(sql: string, tokens: readonly SqlToken[]): readonly ColumnInText[] {
  if (sql[tokens[0]?.start ?? -1] !== '(') return []
  const columns: ColumnInText[] = []
  let depth = 0
  let own: SqlToken[] = []
  const close = () => {
    const column = columnOf(sql, own)
    if (column) columns.push(column)
    own = []
  }
  for (const token of tokens) {
    const text = sql.slice(token.start, token.end)
    if (text === '(' && ++depth === 1) continue
    if (text === ')' && --depth === 0) break
    if (text === ',' && depth === 1) close()
    else own.push(token)
  }
  close()
  return columns
}

function columnOf(sql: string, tokens: readonly SqlToken[]): ColumnInText | undefined {
  const [first, second] = tokens
  const name = nameAt(sql, first)
  if (!first || !name) return undefined
  if (
    first.kind === 'word' &&
    constraints.has(name.text.toLowerCase()) &&
    !(second?.kind === 'word' && isType(sql, second))
  )
    return undefined
  let last: SqlToken | undefined
  for (const token of tokens.slice(1)) {
    const isPart = token.kind === 'word' && !afterType.has(sql.slice(token.start, token.end).toLowerCase())
    if (!isPart) break
    last = token
  }
  const type = second && last && { text: sql.slice(second.start, last.end), start: second.start, end: last.end }
  return { name, start: first.start, end: tokens.at(-1)!.end, type }
}

const isType = (sql: string, { start, end }: SqlToken): boolean =>
  /^(?:text|integer|int|real|blob|numeric)$/i.test(sql.slice(start, end))

/** Names may be plain or in any quotes. */
function nameAt(sql: string, token: SqlToken | undefined): NameInText | undefined {
  if (!token || !['word', 'quoted', 'string'].includes(token.kind)) return undefined
  return { text: nameOf(sql.slice(token.start, token.end)), start: token.start, end: token.end }
}
