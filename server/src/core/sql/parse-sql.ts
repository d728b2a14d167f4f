// Statements of SQL as trees. The one room that knows the parser's package; SQLite stays the judge of what is right.
import { keywordDefs, type ParseDiagnostic, type Stmt, traverse, withOptions } from 'sqlite3-parser'
import { type PlainWords, withPlainWords } from './plain-words.ts'
import { scanSql } from './scan-sql.ts'
import { splitStatements } from './split-statements.ts'

/** One statement of a text. Its offsets are those of the text; those in its tree count from its own start. */
export interface ParsedStatement {
  /** Without the blanks and comments around it and without its semicolon. */
  readonly start: number
  readonly end: number
  /** Undefined where it has a mistake. */
  readonly tree: SqlTree | undefined
  readonly mistake: SqlMistake | undefined
}

/** The tree of a statement, as the parser's package makes it. */
export type SqlTree = Stmt

/** What is wrong with the grammar of a statement. */
export interface SqlMistake {
  /** In SQLite's words: `near "FORM": syntax error`, `incomplete input`, `unrecognized token: "#"`. */
  readonly message: string
  /** The token that does not fit; empty at the end of the text. */
  readonly start: number
  readonly end: number
  readonly hints: readonly { readonly message: string; readonly start?: number; readonly end?: number }[]
}

/** The statements of `sql` in order, each by itself: a broken one does not take the others with it. Never throws. */
export function parseSql(sql: string): readonly ParsedStatement[] {
  return splitStatements(sql).map(({ start, end, after }) => {
    // With its semicolon, as SQLite names that where the statement stops too early.
    const { tree, mistake } = parseOne(sql.slice(start, sql[after - 1] === ';' ? after : end))
    return { start, end, tree, mistake: mistake && moved(mistake, start) }
  })
}

/** The reserved and other words of SQLite's grammar, in upper case. */
export const sqlKeywords: readonly string[] = keywordDefs.keywords.map(({ name }) => name)

/** SQLite takes `1_000` for a number. */
const { parseStmt } = withOptions({ digitSeparator: '_' })

interface Parsed {
  readonly tree: SqlTree | undefined
  readonly mistake: SqlMistake | undefined
}

/** So many statements are remembered; the oldest are forgotten first. */
const most = 2000
const remembered = new Map<string, Parsed>()

function parseOne(statement: string): Parsed {
  const known = remembered.get(statement)
  if (known) return known
  const parsed = parseNow(statement)
  if (remembered.size >= most) for (const old of [...remembered.keys()].slice(0, most / 2)) remembered.delete(old)
  remembered.set(statement, parsed)
  return parsed
}

function parseNow(statement: string): Parsed {
  try {
    const { text, written } = withPlainWords(statement)
    const result = parseStmt(text)
    if (result.status === 'ok') {
      const mistake = registerIn(statement)
      if (!mistake && written.size > 0) restore(result.root, written)
      return { tree: mistake ? undefined : result.root, mistake }
    }
    const [first] = result.errors
    return { tree: undefined, mistake: first && mistakeOf(first, statement, written) }
  } catch {
    // The parser may meet nesting that is deeper than its stack; then nothing is known, and SQLite is asked.
    return { tree: undefined, mistake: undefined }
  }
}

/** `#1` is a token that SQLite keeps for itself, and the parser takes it. */
function registerIn(statement: string): SqlMistake | undefined {
  if (!statement.includes('#')) return undefined
  const token = scanSql(statement).find(
    ({ kind, start }) => kind === 'parameter' && /^#\d/.test(statement.slice(start, start + 2)),
  )
  if (!token) return undefined
  const { start, end } = token
  return { message: `near "${statement.slice(start, end)}": syntax error`, start, end, hints: [] }
}

/** Gives names back the words that another stands for. */
function restore(root: SqlTree, written: PlainWords['written']): void {
  traverse(root, {
    enter: node => {
      const word = written.get(node.span.offset)
      if (word === undefined || node.span.length !== word.length) return
      if (node.type === 'Id') Object.assign(node, { name: word })
      else if (node.type === 'Name') Object.assign(node, { text: word })
    },
  })
}

function mistakeOf(
  { message, span, hints = [] }: ParseDiagnostic,
  statement: string,
  written: PlainWords['written'],
): SqlMistake {
  const said = (text: string) => {
    for (const word of written.values()) text = text.replaceAll(`_${word.slice(1)}`, word)
    return text
  }
  const at = ({ offset, length }: { offset: number; length: number }) => {
    const start = Math.min(offset, statement.length)
    return { start, end: Math.min(start + length, statement.length) }
  }
  return {
    message: said(message),
    ...at(span),
    hints: hints.map(hint => ({ message: said(hint.message), ...(hint.span && at(hint.span)) })),
  }
}

function moved({ message, start, end, hints }: SqlMistake, by: number): SqlMistake {
  return {
    message,
    start: start + by,
    end: end + by,
    hints: hints.map(hint =>
      hint.start === undefined || hint.end === undefined
        ? hint
        : { message: hint.message, start: hint.start + by, end: hint.end + by },
    ),
  }
}
