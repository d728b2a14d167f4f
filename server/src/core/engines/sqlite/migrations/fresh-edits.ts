// Writes into the SQL that makes new databases: another statement, another column.
import type { FixContext } from '../../../rules/rule.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { type CreatedTable, createdTables } from '../schema/create-table.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import type { SchemaText } from '../types.ts'
import { callLines, startOfStatement } from './call-pattern.ts'

/** An edit, and the texts as they are after it. */
export interface FreshEdit {
  readonly edit: TextEdit
  readonly texts: readonly string[]
}

/** The edit that makes the statements run with others of `texts`, behind the last table or index; undefined where none can be. */
export function withStatements(
  texts: readonly SchemaText[],
  statements: readonly string[],
  context: FixContext,
): FreshEdit | undefined {
  const home = texts.filter(one => definitionsIn(one.sql.text).some(({ kind }) => kind === 'table')).at(-1)
  if (!home) return undefined
  const after = texts.flatMap(one => (one === home ? [one.sql.text, ...statements] : [one.sql.text]))
  const edit =
    home.call.method.runs === 'all'
      ? (inLiteral(home, statements, context) ?? asCall(home, statements, context))
      : asCall(home, statements, context)
  return edit && { edit, texts: after }
}

/** Behind the last definition in a template of several statements. */
function inLiteral({ sql }: SchemaText, statements: readonly string[], context: FixContext): TextEdit | undefined {
  const all = splitStatements(sql.text)
  const last = definitionsIn(sql.text).at(-1)?.statement
  const place = last && sql.source(last.start, last.end)
  const text = place && context.text(place.file)
  const literal = sql.parts.find(part => part.literal && part.start <= last!.start && last!.end <= part.end)?.literal
  if (!last || !place || text === undefined || !literal || text[literal.span.start] !== '`') return undefined
  if (!text.slice(literal.span.start, literal.span.end).includes('\n')) return undefined
  const style = styleOf(text)
  const isEnded = sql.text[last.after - 1] === ';'
  const at = isEnded ? sql.source(last.start, last.after)?.span.end : place.span.end
  if (at === undefined) return undefined
  const indent = lineIndent(text, place.span.start)
  const isLast = all.at(-1)?.start === last.start
  const lines = statements.flatMap((one, i) => {
    const end = isEnded || !isLast || i < statements.length - 1 ? ';' : ''
    return `${one}${end}`.split('\n').map(line => (line === '' ? '' : indent + line))
  })
  const written = lines.join(style.newline).replace(/[`\\]|\$(?=\{)/g, '\\$&')
  return { file: place.file, start: at, end: at, text: `${isEnded ? '' : ';'}${style.newline}${written}` }
}

/** As a call of its own behind the call. */
function asCall({ call }: SchemaText, statements: readonly string[], context: FixContext): TextEdit | undefined {
  const { file, value } = call.call
  const text = context.text(file)
  const { use, isDropped, value: outer } = call.fact
  if (text === undefined || call.element || outer !== value) return undefined
  if (use !== 'statement' && use !== 'void' && !(use === 'awaited' && isDropped)) return undefined
  if (value.callee.kind !== 'member' || /batch/i.test(call.method.name)) return undefined
  const style = styleOf(text)
  const start = startOfStatement(text, value.at.start)
  const end = value.at.end + (text[value.at.end] === ';' ? 1 : 0)
  if (!/^[ \t]*(?:\/\/[^\n]*)?(?:\r?\n|$)/.test(text.slice(end))) return undefined
  const indent = lineIndent(text, start)
  const pattern = { callee: text.slice(start, value.callee.at.end), runsAll: call.method.runs === 'all' }
  const lines = callLines(pattern, statements, style).map(line => (line === '' ? '' : indent + line))
  return { file, start: end, end, text: style.newline + lines.join(style.newline) }
}

/** The edit that gives a table another column where its statement is written; undefined where it is not written out. */
export function withColumn(
  texts: readonly SchemaText[],
  table: string,
  definition: string,
  context: FixContext,
): FreshEdit | undefined {
  for (const one of texts) {
    const created = createdTables(one.sql.text).find(found => foldName(found.name.text) === foldName(table))
    const last = created?.columns.at(-1)
    const place = last && one.sql.source(last.start, last.end)
    const text = place && context.text(place.file)
    if (!created || !last || !place || text === undefined) continue
    const separator = separatorOf(one.sql.text, created)
    const { end } = place.span
    const { text: sql } = one.sql
    const changed = sql.slice(0, last.end) + separator + definition + sql.slice(last.end)
    return {
      edit: { file: place.file, start: end, end, text: separator + definition },
      texts: texts.map(other => (other === one ? changed : other.sql.text)),
    }
  }
  return undefined
}

/** What stands between two columns. */
function separatorOf(sql: string, { columns }: CreatedTable): string {
  const [before, last] = columns.slice(-2)
  const isAlone = columns.length < 2 || !before || !last
  const line = /\n[ \t]*$/.exec(sql.slice(0, (last ?? before)?.start ?? 0))?.[0]
  if (isAlone) return line === undefined ? ', ' : `,${line}`
  return sql.slice(before.end, last.start).includes('\n') && line !== undefined ? `,${line}` : ', '
}
