// Where in a statement an error is, for those that SQLite gives no place for. Only what is certain is said.
import { foldName, nameOf, type SqlToken } from '../../core/sql/scan-sql.ts'
import { isWord, type StatementSpan } from '../../core/sql/split-statements.ts'

/** The place that `message` is about in the statement `span` of `sql`, in UTF-16 code units; undefined where it is not certain. */
export function placeOfError(message: string, sql: string, span: StatementSpan): number | undefined {
  if (message === 'incomplete input') return span.end
  for (const [pattern, find] of finders) {
    const match = pattern.exec(message)
    if (match) return find(statementOf(sql, span.tokens), match)
  }
  return undefined
}

/** A statement as its tokens. */
interface Statement {
  readonly tokens: readonly SqlToken[]
  /** True when a token is this word of SQL. */
  is(index: number, word: string): boolean
  isSign(index: number, sign: string): boolean
  /** Indexes of the tokens that are this name, whatever they stand for. */
  named(name: string): number[]
  /** The index of the only token that is written like this. */
  written(text: string): number | undefined
}

type Finder = (statement: Statement, match: RegExpExecArray) => number | undefined

/** `INTO main.a`: SQLite says `main.a`, and the name stands last. */
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

const finders: readonly (readonly [RegExp, Finder])[] = [
  [/^no such table: (.+)$/s, (statement, match) => tableNamed(statement, lastPart(match[1]!))],
  [
    /^table .+ has no column named (.+)$/s,
    (statement, match) => {
      const list = listBehindTable(statement)
      return list && startOf(statement, statement.named(match[1]!).filter(i => i > list.open && i < list.close)[0])
    },
  ],
  [/^no such column: (.+)$/s, (statement, match) => assigned(statement, lastPart(match[1]!))],
  [/^duplicate column name: (.+)$/s, (statement, match) => startOf(statement, declared(statement, match[1]!).at(-1))],
  [/^(\d+) values for (\d+) columns$/, (statement, match) => rowOfOtherWidth(statement, Number(match[2]))],
  [
    /^table .+ has (\d+) columns but \d+ values were supplied$/s,
    (statement, match) => rowOfOtherWidth(statement, Number(match[1])),
  ],
  [/^all VALUES must have the same number of terms$/, statement => rowOfOtherWidth(statement, undefined)],
  [/^SELECTs to the left and right of .+ do not have the same number of result columns$/, otherWidth],
  [/^unrecognized token: "(.+)"$/s, (statement, match) => startOf(statement, statement.written(match[1]!))],
  [/^(?:no such|unknown) [\w ]+: (.+)$/s, (statement, match) => only(statement, lastPart(match[1]!))],
  [/^wrong number of arguments to function (.+)\(\)$/s, (statement, match) => only(statement, match[1]!)],
]

function statementOf(sql: string, tokens: readonly SqlToken[]): Statement {
  const text = (index: number) => {
    const token = tokens[index]
    return token ? sql.slice(token.start, token.end) : ''
  }
  return {
    tokens,
    is: (index, word) => isWord(sql, tokens[index], word),
    isSign: (index, sign) => tokens[index]?.kind === 'punctuation' && text(index) === sign,
    written: wanted => {
      const found = [...tokens.keys()].filter(index => text(index) === wanted)
      return found.length === 1 ? found[0] : undefined
    },
    named: name => {
      const wanted = foldName(name)
      return [...tokens.keys()].filter(index => {
        const { kind } = tokens[index]!
        return (kind === 'word' || kind === 'quoted' || kind === 'string') && foldName(nameOf(text(index))) === wanted
      })
    },
  }
}

const startOf = (statement: Statement, index: number | undefined): number | undefined =>
  index === undefined ? undefined : statement.tokens[index]?.start

/** The place of a name that stands only once in the statement. */
function only(statement: Statement, name: string): number | undefined {
  const found = statement.named(name)
  return found.length === 1 ? startOf(statement, found[0]) : undefined
}

/** Behind these a table is named. */
const beforeTables = [
  'from',
  'join',
  'into',
  'update',
  'table',
  'on',
  'exists',
  'replace',
  'ignore',
  'abort',
  'fail',
  'rollback',
  'references',
]

function tableNamed(statement: Statement, name: string): number | undefined {
  const found = statement.named(name)
  const sure = found.find(index => {
    const before = statement.isSign(index - 1, '.') ? index - 3 : index - 1
    return beforeTables.some(word => statement.is(before, word))
  })
  if (sure !== undefined) return startOf(statement, sure)
  const listed = found.filter(index => statement.isSign(index - 1, ',') || statement.isSign(index - 1, '('))
  return found.length === 1
    ? startOf(statement, found[0])
    : listed.length === 1
      ? startOf(statement, listed[0])
      : undefined
}

/** `INSERT INTO t (…)`: the list of columns, by the indexes of its brackets. */
function listBehindTable(statement: Statement): { open: number; close: number } | undefined {
  const into = statement.tokens.findIndex((_, index) => statement.is(index, 'into'))
  if (into < 0) return undefined
  const behind = statement.isSign(into + 2, '.') ? into + 4 : into + 2
  const open = statement.is(behind, 'as') ? behind + 2 : behind
  return statement.isSign(open, '(') ? { open, close: closing(statement, open) } : undefined
}

/** The bracket that closes the one at `open`; the end where none does. */
function closing(statement: Statement, open: number): number {
  let depth = 0
  for (let index = open; index < statement.tokens.length; index++) {
    if (statement.isSign(index, '(')) depth++
    else if (statement.isSign(index, ')') && --depth === 0) return index
  }
  return statement.tokens.length
}

/** `UPDATE t SET name =`. */
function assigned(statement: Statement, name: string): number | undefined {
  const found = statement.named(name)
  const targets = found.filter(
    index =>
      (statement.is(index - 1, 'set') || statement.isSign(index - 1, ',') || statement.isSign(index - 1, '(')) &&
      (statement.isSign(index + 1, '=') || statement.isSign(index + 1, ',') || statement.isSign(index + 1, ')')),
  )
  const first = targets.find(index => statement.is(index - 1, 'set')) ?? (targets.length === 1 ? targets[0] : undefined)
  return found.length === 1 ? startOf(statement, found[0]) : startOf(statement, first)
}

/** Columns of that name in `CREATE TABLE t (…)`, and the one of `ALTER TABLE t ADD`. */
function declared(statement: Statement, name: string): number[] {
  return statement.named(name).filter(index => {
    const before = index - 1
    return (
      statement.isSign(before, '(') ||
      statement.isSign(before, ',') ||
      statement.is(before, 'add') ||
      statement.is(before, 'column')
    )
  })
}

/** The first row behind VALUES with another number of values than `width`, or than the first row; else the SELECT. */
function rowOfOtherWidth(statement: Statement, width: number | undefined): number | undefined {
  const list = listBehindTable(statement)
  const from = list ? list.close : 0
  const source = statement.tokens.findIndex(
    (_, index) => index > from && (statement.is(index, 'values') || statement.is(index, 'select')),
  )
  if (source < 0) return undefined
  if (!statement.is(source, 'values')) return startOf(statement, source)
  let wanted = width
  for (let open = source + 1; statement.isSign(open, '('); ) {
    const close = closing(statement, open)
    const found = widthOf(statement, open, close)
    wanted ??= found
    if (found !== wanted) return startOf(statement, open)
    if (!statement.isSign(close + 1, ',')) return undefined
    open = close + 2
  }
  return undefined
}

function widthOf(statement: Statement, open: number, close: number): number {
  let width = 1
  let depth = 0
  for (let index = open; index < close; index++) {
    if (statement.isSign(index, '(')) depth++
    else if (statement.isSign(index, ')')) depth--
    else if (depth === 1 && statement.isSign(index, ',')) width++
  }
  return width
}

/** The SELECT behind the only UNION, INTERSECT or EXCEPT. */
function otherWidth(statement: Statement): number | undefined {
  const operators = [...statement.tokens.keys()].filter(index =>
    ['union', 'intersect', 'except'].some(word => statement.is(index, word)),
  )
  const [operator] = operators
  if (operator === undefined || operators.length > 1) return undefined
  return startOf(statement, statement.is(operator + 1, 'all') ? operator + 2 : operator + 1)
}
