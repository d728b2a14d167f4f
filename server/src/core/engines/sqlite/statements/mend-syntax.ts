// The two slips that have one certain remedy: an extra comma, and a parenthesis that is never closed.
import type { Fix, FixContext } from '../../../rules/rule.ts'
import type { SqlJudge } from '../../../sql/judge.ts'
import type { ParsedStatement } from '../../../sql/parse-sql.ts'
import { isSyntax } from '../../../sql/refusals.ts'
import { scanSql } from '../../../sql/scan-sql.ts'
import type { SqlCall } from '../types.ts'

interface Slip {
  readonly title: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The remedy, where SQLite can read the statement after it. */
export function mendSyntax(
  call: SqlCall,
  { start, end, mistake }: ParsedStatement,
  judge: SqlJudge,
  context: FixContext,
): Fix | undefined {
  const sql = call.sql?.text ?? ''
  const slip = mistake && (extraComma(sql, start, mistake.start) ?? openParenthesis(sql, start, end))
  const place = slip && call.sql?.source(slip.start, slip.end)
  if (!slip || !place || context.text(place.file) === undefined) return undefined
  const mended = sql.slice(start, slip.start) + slip.text + sql.slice(slip.end, end)
  const answer = judge.ask({ kind: 'prepare', schema: call.store?.schema ?? [], sql: mended, quotedTexts: true })
  const isReadable = answer?.statements.every(({ error }) => !error || !isSyntax(error.message))
  if (!isReadable) return undefined
  const { file, span } = place
  return { title: slip.title, safe: false, edits: [{ file, start: span.start, end: span.end, text: slip.text }] }
}

/** The comma right before what does not fit. */
function extraComma(sql: string, start: number, wrong: number): Slip | undefined {
  const before = scanSql(sql.slice(start, wrong)).at(-1)
  const at = before && start + before.start
  return at !== undefined && sql[at] === ','
    ? { title: 'Remove the extra comma', start: at, end: at + 1, text: '' }
    : undefined
}

function openParenthesis(sql: string, start: number, end: number): Slip | undefined {
  const signs = scanSql(sql.slice(start, end)).map(token => sql.slice(start + token.start, start + token.end))
  const open = signs.filter(sign => sign === '(').length - signs.filter(sign => sign === ')').length
  return open === 1 ? { title: 'Close the parenthesis', start: end, end, text: ')' } : undefined
}
