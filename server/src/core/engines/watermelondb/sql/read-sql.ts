// Reads what SQL statements do to tables, columns and indexes; honest about everything else.
import { isWord, statementsOfSql, type SqlToken as Token, tokensOfSql } from './sql-tokens.ts'

/** What one statement does to the shape of a database. Names are as SQLite sees them, without quotes. */
export type SqlStatement =
  /** `columns` is undefined where they cannot be told (`as select`, a virtual table). `ifNotExists` keeps what is there. */
  | {
      readonly kind: 'create-table'
      readonly table: string
      readonly columns: readonly string[] | undefined
      readonly ifNotExists: boolean
      readonly temporary: boolean
    }
  | { readonly kind: 'drop-table'; readonly table: string }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'rename-column'; readonly table: string; readonly column: string; readonly to: string }
  | {
      readonly kind: 'create-index'
      readonly index: string
      readonly table: string
      readonly columns: readonly string[]
    }
  | { readonly kind: 'drop-index'; readonly index: string }
  /** `columns` are those it sets. */
  | { readonly kind: 'update'; readonly table: string; readonly columns: readonly string[] }
  /** Anything that leaves tables, columns and indexes as they are: select, insert, delete, pragma, view, trigger … */
  | { readonly kind: 'other' }

/** The statements of a text, in order; undefined where some part of it cannot be read. Never throws. */
export function readSql(sql: string): readonly SqlStatement[] | undefined {
  const tokens = tokensOfSql(sql)
  if (!tokens) return undefined
  const statements: SqlStatement[] = []
  for (const own of statementsOfSql(tokens)) {
    const read = readStatement(own)
    if (!read) return undefined
    statements.push(read)
  }
  return statements
}

/** Statements that change no table's shape. */
const harmless = new Set(
  'select insert replace delete pragma analyze reindex vacuum begin commit end rollback savepoint release explain with values'.split(
    ' ',
  ),
)

function readStatement(tokens: readonly Token[]): SqlStatement | undefined {
  const reader = readerOf(tokens)
  if (reader.take('create')) return readCreate(reader)
  if (reader.take('alter')) return reader.take('table') ? readAlter(reader) : undefined
  if (reader.take('drop')) return readDrop(reader)
  if (reader.take('update')) return readUpdate(reader)
  const first = tokens[0]
  return first?.kind === 'word' && harmless.has(first.text.toLowerCase()) ? { kind: 'other' } : undefined
}

function readCreate(reader: Reader): SqlStatement | undefined {
  const temporary = reader.take('temp') || reader.take('temporary')
  const virtual = reader.take('virtual')
  reader.take('unique')
  if (reader.take('view') || reader.take('trigger')) return { kind: 'other' }
  if (reader.take('index')) return readIndex(reader)
  if (!reader.take('table')) return undefined
  const ifNotExists = reader.takeAll('if', 'not', 'exists')
  const table = reader.qualifiedName()
  if (table === undefined) return undefined
  if (virtual || reader.take('as')) return { kind: 'create-table', table, columns: undefined, ifNotExists, temporary }
  const parts = reader.list()
  if (!parts) return undefined
  const constraints = new Set(['constraint', 'primary', 'unique', 'check', 'foreign'])
  const columns: string[] = []
  for (const part of parts) {
    const [first] = part
    if (first?.kind === 'word' && constraints.has(first.text.toLowerCase())) continue
    const name = nameOf(first)
    if (name === undefined) return undefined
    columns.push(name)
  }
  return { kind: 'create-table', table, columns, ifNotExists, temporary }
}

function readIndex(reader: Reader): SqlStatement | undefined {
  reader.takeAll('if', 'not', 'exists')
  const index = reader.qualifiedName()
  if (index === undefined || !reader.take('on')) return undefined
  const table = reader.name()
  const parts = table === undefined ? undefined : reader.list()
  if (table === undefined || !parts) return undefined
  // A partial index or one over an expression serves other queries: it counts for no column.
  const isPlain = reader.atEnd() && parts.every(part => nameOf(part[0]) !== undefined && part[1]?.text !== '(')
  return { kind: 'create-index', index, table, columns: isPlain ? parts.map(part => nameOf(part[0])!) : [] }
}

function readDrop(reader: Reader): SqlStatement | undefined {
  const kind = reader.take('table') ? 'drop-table' : reader.take('index') ? 'drop-index' : undefined
  if (!kind) return reader.take('view') || reader.take('trigger') ? { kind: 'other' } : undefined
  reader.takeAll('if', 'exists')
  const name = reader.qualifiedName()
  if (name === undefined || !reader.atEnd()) return undefined
  return kind === 'drop-table' ? { kind, table: name } : { kind, index: name }
}

function readAlter(reader: Reader): SqlStatement | undefined {
  const table = reader.qualifiedName()
  if (table === undefined) return undefined
  if (reader.take('add')) {
    reader.take('column')
    const column = reader.name()
    return column === undefined ? undefined : { kind: 'add-column', table, column }
  }
  if (reader.take('drop')) {
    reader.take('column')
    const column = reader.name()
    return column === undefined || !reader.atEnd() ? undefined : { kind: 'drop-column', table, column }
  }
  if (!reader.take('rename')) return undefined
  if (reader.take('to')) {
    const to = reader.name()
    return to === undefined || !reader.atEnd() ? undefined : { kind: 'rename-table', table, to }
  }
  reader.take('column')
  const column = reader.name()
  const to = reader.take('to') ? reader.name() : undefined
  return column === undefined || to === undefined || !reader.atEnd()
    ? undefined
    : { kind: 'rename-column', table, column, to }
}

function readUpdate(reader: Reader): SqlStatement | undefined {
  if (reader.take('or')) reader.skip()
  const table = reader.qualifiedName()
  if (table === undefined) return undefined
  while (!reader.atEnd() && !reader.take('set')) reader.skip()
  return { kind: 'update', table, columns: reader.assigned() }
}

const nameOf = (token: Token | undefined): string | undefined =>
  token && (token.kind === 'word' || token.kind === 'name' || token.kind === 'text') ? token.text : undefined

interface Reader {
  take(word: string): boolean
  takeAll(...words: string[]): boolean
  name(): string | undefined
  /** A name with or without its database before it. */
  qualifiedName(): string | undefined
  /** `( … , … )`: the tokens of each part. */
  list(): Token[][] | undefined
  /** The names before `=` up to `where`. */
  assigned(): string[]
  skip(): void
  atEnd(): boolean
}

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0
  const take = (word: string): boolean => isWord(tokens[at], word) && ++at > 0
  const sign = (text: string): boolean => tokens[at]?.kind === 'sign' && tokens[at]?.text === text
  const name = (): string | undefined => {
    const found = nameOf(tokens[at])
    if (found !== undefined) at++
    return found
  }
  return {
    take,
    name,
    takeAll(...words) {
      const fits = words.every((word, i) => isWord(tokens[at + i], word))
      if (fits) at += words.length
      return fits
    },
    qualifiedName() {
      const first = name()
      if (first === undefined || !sign('.')) return first
      at++
      return name()
    },
    list() {
      if (!sign('(')) return undefined
      const parts: Token[][] = [[]]
      let depth = 0
      for (at++; at < tokens.length; at++) {
        if (sign('(')) depth++
        if (sign(')') && depth-- === 0) {
          at++
          return parts
        }
        if (sign(',') && depth === 0) parts.push([])
        else parts.at(-1)!.push(tokens[at]!)
      }
      return undefined
    },
    assigned() {
      const names: string[] = []
      let depth = 0
      for (; at < tokens.length && (depth > 0 || !isWord(tokens[at], 'where')); at++) {
        if (sign('(')) depth++
        if (sign(')')) depth--
        const found = nameOf(tokens[at])
        if (found !== undefined && depth === 0 && tokens[at + 1]?.text === '=') names.push(found)
      }
      return names
    },
    skip: () => void at++,
    atEnd: () => at >= tokens.length,
  }
}
