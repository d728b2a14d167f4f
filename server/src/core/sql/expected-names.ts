// What could be written at the caret in SQL that is being typed, and is therefore mostly broken.
import { foldName, nameOf, type SqlToken, scanSql } from './scan-sql.ts'
import { isWord, splitStatements } from './split-statements.ts'
import type { SqlTable, SqlWorld } from './sql-world.ts'

/** What fits at a caret. */
export interface ExpectedNames {
  /** The letters that are being typed, to be replaced. */
  readonly start: number
  readonly end: number
  /** `keywords`: no name fits; `nothing`: the caret stands in a text, a comment or a number. */
  readonly wants: 'tables' | 'columns' | 'keywords' | 'nothing'
  /** Where columns are wanted: what they may be taken from, the nearest first. Only the named one behind `p.`. */
  readonly sources: readonly ExpectedSource[]
  /** Where tables are wanted: names of common table expressions. */
  readonly ctes: readonly string[]
  /** True where a column must be written without its table: lists of INSERT, SET. */
  readonly isPlain: boolean
}

/** A table at hand. */
export interface ExpectedSource {
  /** What its columns are qualified with: its alias or its name. */
  readonly name: string
  /** Undefined for subqueries and for tables that are not known. */
  readonly table: SqlTable | undefined
}

/** What fits at `offset` of `sql`; the text may be broken everywhere. */
export function expectedNames(sql: string, offset: number, world: SqlWorld): ExpectedNames {
  const nothing = { start: offset, end: offset, wants: 'nothing', sources: [], ctes: [], isPlain: false } as const
  const all = scanSql(sql, true)
  const under = all.find(token => token.start < offset && offset <= token.end)
  const word = under && (under.kind === 'word' || under.kind === 'quoted') ? under : undefined
  if (under && !word && isClosedTo(sql, under, offset)) return nothing
  const own = word?.kind === 'quoted' ? { start: word.start + 1, end: word.end - 1 } : word
  const at = { start: own?.start ?? offset, end: own?.end ?? offset }
  if (word?.kind === 'quoted' && (offset === word.end || offset < word.start + 1)) return nothing
  const statement = splitStatements(sql).find(
    ({ start, after }) => start <= offset && offset <= after && sql[offset - 1] !== ';',
  )
  const tokens = (statement?.tokens ?? []).filter(token => token !== word && token.start !== word?.start)
  const before = tokens.filter(token => token.end <= at.start)
  const line = createLine(sql, before)
  const level = levelOf(line)
  const shape = { ...at, sources: [], ctes: [], isPlain: false } as const
  const sources = () => sourcesAround(sql, tokens, before.length, world)

  if (line.isSign(-1, '.')) {
    const qualifier = line.name(-2)
    const source = sources().find(({ name }) => foldName(name) === foldName(qualifier))
    if (source) return { ...shape, wants: 'columns', sources: [source], isPlain: true }
    return { ...shape, wants: /^(?:main|temp)$/i.test(qualifier) ? 'tables' : 'nothing' }
  }
  if (before.length === 0) return { ...shape, wants: 'keywords' }
  const listed = insertTarget(line, level, world)
  if (listed) return { ...shape, wants: 'columns', sources: [listed], isPlain: true }
  if (wantsTable(line, level)) {
    const ctes = namesOfCtes(sql, statement?.tokens ?? [])
    return { ...shape, wants: 'tables', ctes }
  }
  if (definesName(line)) return { ...shape, wants: 'nothing' }
  if (endsOperand(line) || level.clause === 'limit') return { ...shape, wants: 'keywords' }
  const isPlain = level.clause === 'set' && (line.is(-1, 'set') || line.isSign(-1, ','))
  const found = sources()
  return {
    ...shape,
    wants: found.length > 0 || level.clause !== '' ? 'columns' : 'keywords',
    sources: isPlain ? found.slice(0, 1) : found,
    isPlain,
  }
}

/** The tokens before the caret; index -1 is the last. */
interface Line {
  readonly length: number
  is(index: number, word: string): boolean
  isSign(index: number, sign: string): boolean
  /** The text of a token in lower case; empty where there is none. */
  text(index: number): string
  name(index: number): string
  kind(index: number): SqlToken['kind'] | undefined
}

function createLine(sql: string, tokens: readonly SqlToken[]): Line {
  const token = (index: number) => tokens[index < 0 ? tokens.length + index : index]
  const written = (index: number) => {
    const one = token(index)
    return one ? sql.slice(one.start, one.end) : ''
  }
  return {
    length: tokens.length,
    is: (index, word) => isWord(sql, token(index), word),
    isSign: (index, sign) => token(index)?.kind === 'punctuation' && written(index) === sign,
    text: index => written(index).toLowerCase(),
    name: index => nameOf(written(index)),
    kind: index => token(index)?.kind,
  }
}

/** Texts, comments, numbers and parameters; a comment that is closed is behind the caret. */
function isClosedTo(sql: string, token: SqlToken, offset: number): boolean {
  if (token.kind === 'punctuation') return false
  if (token.kind === 'comment') return offset < token.end || sql.startsWith('--', token.start)
  return true
}

/** Words that a part of a statement begins with. */
const clauses = [
  'select',
  'from',
  'where',
  'group',
  'having',
  'order',
  'limit',
  'set',
  'values',
  'on',
  'using',
  'returning',
  'window',
]

interface Level {
  /** The index of the bracket that the caret stands in; -1 outside of all. */
  readonly open: number
  /** The last word before the caret, in the same brackets, that a part begins with; '' where there is none. */
  readonly clause: string
}

function levelOf(line: Line): Level {
  let depth = 0
  let clause = ''
  for (let index = line.length - 1; index >= 0; index--) {
    if (line.isSign(index, ')')) depth++
    else if (line.isSign(index, '(') && --depth < 0) return { open: index, clause }
    else if (depth === 0 && !clause && line.kind(index) === 'word') {
      const text = line.text(index)
      if (clauses.includes(text)) clause = text
    }
  }
  return { open: -1, clause }
}

/** `INSERT INTO t (…|`, `REFERENCES t (|`, `ON CONFLICT (|`, `CREATE INDEX i ON t (|`: the table whose columns are listed. */
function insertTarget(line: Line, { open, clause }: Level, world: SqlWorld): ExpectedSource | undefined {
  if (open < 1 || clause) return undefined
  if (!line.isSign(-1, '(') && !line.isSign(-1, ',')) return undefined
  if (line.is(open - 1, 'conflict') || line.is(open - 1, 'set')) return target(line, world)
  const before = line.isSign(open - 2, '.') ? open - 4 : open - 2
  const isList =
    line.is(before, 'into') || line.is(before, 'references') || (line.is(before, 'on') && /^create/.test(line.text(0)))
  const name = line.name(open - 1)
  return isList ? { name, table: world.table(name) } : undefined
}

/** The table that an INSERT or UPDATE changes. */
function target(line: Line, world: SqlWorld): ExpectedSource | undefined {
  for (let index = 0; index < line.length; index++) {
    if (!line.is(index, 'into') && !(line.is(index, 'update') && !line.is(index - 1, 'do'))) continue
    const name = line.name(line.is(index + 1, 'or') ? index + 3 : index + 1)
    return { name, table: world.table(name) }
  }
  return undefined
}

function wantsTable(line: Line, { open, clause }: Level): boolean {
  if (['from', 'join', 'into', 'references', 'indexed'].some(word => line.is(-1, word))) return !line.is(-1, 'indexed')
  if (line.is(-1, 'update'))
    return !line.is(-2, 'do') && !line.is(-2, 'on') && !line.is(-2, 'after') && !line.is(-2, 'before')
  if (line.is(-2, 'or') && line.is(-3, 'update')) return true
  if (line.isSign(-1, ',') && clause === 'from') return true
  if (line.isSign(-1, '(') && (line.is(open - 1, 'from') || line.is(open - 1, 'join'))) return true
  const first = line.text(0)
  if (line.is(-1, 'table') || line.is(-1, 'view')) return first === 'drop' || first === 'alter'
  if (line.is(-1, 'exists')) return first === 'drop' && (line.is(1, 'table') || line.is(1, 'view'))
  if (line.is(-1, 'on')) return first === 'create' && !hasWord(line, 'begin')
  return (
    line.isSign(-1, '(') && /^(?:table_x?info|index_list|foreign_key_list)$/.test(line.text(-2)) && first === 'pragma'
  )
}

const hasWord = (line: Line, word: string): boolean => {
  for (let index = 0; index < line.length; index++) if (line.is(index, word)) return true
  return false
}

/** `AS |`, `CREATE TABLE |`: a name that is only now given. */
function definesName(line: Line): boolean {
  if (line.is(-1, 'as')) return true
  const first = line.text(0)
  if (line.is(-1, 'exists') && line.is(-2, 'not')) return first === 'create'
  return first === 'create' && ['table', 'index', 'view', 'trigger'].some(word => line.is(-1, word))
}

/** Words that an expression or a name goes on behind. */
const beforeOperands = new Set(
  `select distinct all where and or not on by having in like glob match regexp between is case when then else set returning
   limit offset escape union except intersect values using filter over partition asc desc from exists with check`.split(
    /\s+/,
  ),
)

/** True behind a whole operand: what comes next is an operator or a keyword. */
function endsOperand(line: Line): boolean {
  const kind = line.kind(-1)
  if (kind === 'word') return !beforeOperands.has(line.text(-1)) || line.is(-1, 'asc') || line.is(-1, 'desc')
  if (kind === 'punctuation') return line.isSign(-1, ')') || (line.isSign(-1, '*') && isStar(line))
  return kind !== undefined
}

const isStar = (line: Line): boolean => line.is(-2, 'select') || line.isSign(-2, '.') || line.isSign(-2, '(')

/** The tables at hand for a place behind `caret` tokens: those of its own brackets, then those around. */
function sourcesAround(sql: string, tokens: readonly SqlToken[], caret: number, world: SqlWorld): ExpectedSource[] {
  const found: ExpectedSource[] = []
  const line = createLine(sql, tokens)
  let from = caret
  for (;;) {
    const open = openingBefore(line, from)
    collect(line, open + 1, closingAfter(line, from), world, found)
    if (open < 0) break
    from = open
  }
  return found
}

function openingBefore(line: Line, from: number): number {
  let depth = 0
  for (let index = from - 1; index >= 0; index--) {
    if (line.isSign(index, ')')) depth++
    else if (line.isSign(index, '(') && --depth < 0) return index
  }
  return -1
}

function closingAfter(line: Line, from: number): number {
  let depth = 0
  for (let index = from; index < line.length; index++) {
    if (line.isSign(index, '(')) depth++
    else if (line.isSign(index, ')') && --depth < 0) return index
  }
  return line.length
}

/** Words that stand behind a table and are no alias of it. */
const noAliases = new Set(
  `where on join left right full inner cross natural outer using order group having limit union except intersect set
   values select returning window indexed not default as when begin for after before instead of`.split(/\s+/),
)

/** The tables between two tokens, without those in brackets of their own. */
function collect(line: Line, start: number, end: number, world: SqlWorld, found: ExpectedSource[]): void {
  let isFrom = false
  for (let index = start; index < end; index++) {
    if (line.isSign(index, '(')) {
      const close = closingAfter(line, index + 1)
      if (isFrom && (line.is(index - 1, 'from') || line.is(index - 1, 'join') || line.isSign(index - 1, ','))) {
        if (line.is(index + 1, 'select') || line.is(index + 1, 'with') || line.is(index + 1, 'values')) {
          const alias = aliasAt(line, close + 1)
          if (alias) found.push({ name: alias, table: undefined })
        } else collectFrom(line, index + 1, close, world, found)
      }
      index = close
      continue
    }
    if (line.kind(index) === 'word') {
      if (clauses.includes(line.text(index))) isFrom = line.is(index, 'from')
      if (line.is(index, 'join')) isFrom = true
    }
    const isTarget =
      line.is(index, 'into') ||
      (line.is(index, 'update') && !line.is(index - 1, 'do')) ||
      (line.is(index, 'on') && /^create/.test(line.text(0)))
    const isSource = line.is(index, 'from') || line.is(index, 'join') || (isFrom && line.isSign(index, ','))
    if (isTarget || isSource) add(line, line.is(index + 1, 'or') ? index + 3 : index + 1, end, world, found)
  }
}

/** `FROM (a JOIN b)`. */
function collectFrom(line: Line, start: number, end: number, world: SqlWorld, found: ExpectedSource[]): void {
  add(line, start, end, world, found)
  collect(line, start, end, world, found)
}

function add(line: Line, index: number, end: number, world: SqlWorld, found: ExpectedSource[]): void {
  if (index >= end || (line.kind(index) !== 'word' && line.kind(index) !== 'quoted')) return
  const last = line.isSign(index + 1, '.') ? index + 2 : index
  const name = line.name(last)
  const table = world.table(name)
  if (!table && noAliases.has(line.text(last))) return
  found.push({ name: (last + 1 < end && aliasAt(line, last + 1)) || name, table })
}

function aliasAt(line: Line, index: number): string | undefined {
  const at = line.is(index, 'as') ? index + 1 : index
  const kind = line.kind(at)
  if (kind === 'quoted') return line.name(at)
  return kind === 'word' && !noAliases.has(line.text(at)) ? line.name(at) : undefined
}

/** `WITH name AS (`. */
function namesOfCtes(sql: string, tokens: readonly SqlToken[]): string[] {
  const line = createLine(sql, tokens)
  const found: string[] = []
  for (let index = 1; index < tokens.length; index++) {
    if (!line.is(index, 'as') || !/^(?:\(|not|materialized)$/.test(line.text(index + 1))) continue
    const name = line.isSign(index - 1, ')') ? openingBefore(line, index - 1) - 1 : index - 1
    const isFirst = line.is(name - 1, 'with') || line.is(name - 1, 'recursive') || line.isSign(name - 1, ',')
    if (isFirst) found.push(line.name(name))
  }
  return found
}
