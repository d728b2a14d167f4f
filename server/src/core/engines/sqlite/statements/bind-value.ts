// Writes a parameter in place of a value, and gives the value to the call.
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { parametersInSql } from '../../../sql/parameters-in-sql.ts'
import { parseSql } from '../../../sql/parse-sql.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { SqlInCode } from '../types.ts'
import type { Interpolation } from './interpolations.ts'

/**
 * The fix; undefined where the text is no template in the call itself, where parameters have names or numbers, or where
 * it is not known what the call binds.
 */
export function bindValue({ sql: call }: SqlInCode, found: Interpolation, context: FixContext): Fix | undefined {
  const { sql, argument, method } = call
  const { file } = call.call
  const text = context.text(file)
  const { value } = argument
  if (!sql || text === undefined || argument.file !== file || value.kind !== 'template') return undefined
  if (found.at.file !== file || (method.binds !== 'list' && method.binds !== 'any')) return undefined
  const index = value.values.findIndex(one => one.at === found.part.value?.value.at)
  const hole = index < 0 ? undefined : holeAround(text, found.at.span.start, found.at.span.end)
  const marks = parametersInSql(sql.text)
  if (!hole || marks.some(mark => mark.name !== '?')) return undefined
  const expression = text.slice(found.at.span.start, found.at.span.end)
  const change = found.isQuoted ? quotedChange(sql.text, found, text, hole) : { ...hole, text: '?' }
  if (!change) return undefined
  const place = marks.filter(mark => mark.start < found.part.start).length
  const given = giveValue(call, expression, place, text)
  const bound = found.isQuoted
    ? undefined
    : `${sql.text.slice(0, found.token.start)}?${sql.text.slice(found.token.end)}`
  if (!given || (bound !== undefined && parseSql(bound).some(statement => statement.mistake))) return undefined
  return {
    title: 'Bind the value',
    safe: false,
    edits: [
      { file, ...change },
      { file, ...given },
    ],
  }
}

type Change = Omit<TextEdit, 'file'>

/** `${…}` around an expression. */
function holeAround(text: string, start: number, end: number): { start: number; end: number } | undefined {
  const before = /\$\{\s*$/.exec(text.slice(0, start))
  const after = /^\s*\}/.exec(text.slice(end))
  return before && after ? { start: start - before[0].length, end: end + after[0].length } : undefined
}

/** `'${x}'` becomes `?`, and `'%${x}%'` becomes `'%' || ? || '%'`. Undefined where the text holds other values too. */
function quotedChange(
  sql: string,
  { token, part }: Interpolation,
  text: string,
  hole: { readonly start: number; readonly end: number },
): Change | undefined {
  const before = sql.slice(token.start + 1, part.start)
  const after = sql.slice(part.end, token.end - 1)
  const start = hole.start - before.length - 1
  const end = hole.end + after.length + 1
  // Where the letters in the code are not those of the text there are escapes or further values.
  if (text.slice(start, hole.start) !== `'${before}` || text.slice(hole.end, end) !== `${after}'`) return undefined
  const pieces = [...(before ? [`'${before}'`] : []), '?', ...(after ? [`'${after}'`] : [])]
  return { start, end, text: pieces.join(' || ') }
}

/** Puts the value among those that the call binds, as the `place`-th. */
function giveValue(
  { parameters, method, call, argument }: SqlInCode['sql'],
  expression: string,
  place: number,
  text: string,
) {
  if (parameters.kind === 'none') {
    const { args, argsAt } = call.value
    if (args.at(-1) !== argument.value || place > 0) return undefined
    const at = argument.value.at.end
    return at <= argsAt.end ? { start: at, end: at, text: `, [${expression}]` } : undefined
  }
  if (parameters.kind !== 'list' || parameters.items.length < place) return undefined
  if (parameters.items.some(item => item.file !== call.file)) return undefined
  const next = parameters.items[place]
  const last = parameters.items.at(-1)
  // A list in a variable of its own is bound by other calls too.
  if (!parameters.isVariadic && text[parameters.at.span.start] !== '[') return undefined
  if (method.binds === 'list' && parameters.isVariadic) return undefined
  if (next) return { start: next.value.at.start, end: next.value.at.start, text: `${expression}, ` }
  if (last) return { start: last.value.at.end, end: last.value.at.end, text: `, ${expression}` }
  const open = parameters.at.span.start + 1
  return { start: open, end: open, text: expression }
}
