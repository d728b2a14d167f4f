// The places of bound values in SQL, numbered as SQLite numbers them.
import { scanSql } from './scan-sql.ts'
import { splitStatements } from './split-statements.ts'

/** A place for a bound value. */
export interface SqlParameter {
  /** `?`, `?2`, `$id`, `:id`, `@id`. */
  readonly name: string
  readonly start: number
  readonly end: number
  /** From 1, within its statement; the same name has the same number. */
  readonly number: number
  /** Which statement of the text. */
  readonly statement: number
}

/** The parameters of all statements, in the order of the text. Those in texts, quoted names and comments are none. */
export function parametersInSql(sql: string): SqlParameter[] {
  return splitStatements(sql).flatMap(({ tokens }, statement) => {
    const numbers = new Map<string, number>()
    let last = 0
    return tokens
      .filter(({ kind }) => kind === 'parameter')
      .map(({ start, end }) => {
        const name = sql.slice(start, end)
        const own = /^\?(\d+)$/.exec(name)?.[1]
        const number = own ? Number(own) : ((name === '?' ? undefined : numbers.get(name)) ?? last + 1)
        numbers.set(name, number)
        last = Math.max(last, number)
        return { name, start, end, number, statement }
      })
  })
}

/** True where `offset` lies within a text in single quotes or a comment: behind its first character, before its end. */
export function isInText(sql: string, offset: number): boolean {
  return scanSql(sql, true).some(({ kind, start, end }) => {
    const isText =
      kind === 'string' || kind === 'comment' || kind === 'blob' || (kind === 'broken' && sql[start] === "'")
    // A text that is never closed, and a comment to the end of the line, go on behind their last character.
    const isOpen = kind === 'broken' || sql.startsWith('--', start)
    return isText && start < offset && (offset < end || (isOpen && offset === end))
  })
}
