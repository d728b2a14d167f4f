// Gives a value that was put into the text of a query as an argument instead.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent, quotedLike } from '../../../write/style.ts'
import { parseQuery } from '../rql/parse-query.ts'
import type { Interpolation } from './find-interpolations.ts'
import type { Query, QueryText } from './read-queries.ts'

/**
 * The edits that put the next free `$n` in the place of a value with its quotes and append the value; text that stands
 * with it in the quotes goes into the argument. Undefined where the query is not written in the call, where its arguments
 * are not known, or where the outcome would not parse.
 */
export function giveAsArgument(
  query: Query,
  text: QueryText,
  one: Interpolation,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const { call, argument, given } = query
  const source = context.text(call.file)
  const { value } = argument
  const { count } = given
  if (source === undefined || count === undefined || (value.kind !== 'template' && value.kind !== 'binary'))
    return undefined
  const name = `$${count}`
  const { written } = text
  const after = parseQuery(written.text.slice(0, one.start) + name + written.text.slice(one.end))
  const isFree = after.arguments.filter(index => index >= count).every(index => index === count)
  if (after.problems.length > 0 || !isFree || !after.arguments.includes(count)) return undefined
  const read = value.kind === 'template' ? inTemplate(source, text, one, name) : inSum(source, query, text, one, name)
  return read && [{ file: call.file, ...read.edit }, append(call.file, source, call.value.argsAt, read.given)]
}

interface Given {
  readonly edit: Omit<TextEdit, 'file'>
  /** The source of the new argument. */
  readonly given: string
}

/** The value's own source, in parentheses where it has some. */
const sourceOf = (source: string, { value }: Interpolation): string =>
  source.slice(value.value.at.start, value.value.at.end)

function inTemplate(source: string, { written }: QueryText, one: Interpolation, name: string): Given | undefined {
  const { start, end, isQuoted, holes } = one
  const [hole] = holes
  const inner = isQuoted ? 2 : 0
  if (hole && holes.length === 1 && end - start === hole.end - hole.start + inner) {
    const at = one.value.value.at
    const open = source.lastIndexOf('${', at.start)
    const close = source.indexOf('}', at.end)
    const isTight =
      open >= 0 &&
      close >= 0 &&
      /^[\s(]*$/.test(source.slice(open + 2, at.start)) &&
      /^[\s)]*$/.test(source.slice(at.end, close))
    if (!isTight) return undefined
    const [from, to] = isQuoted ? [open - 1, close + 2] : [open, close + 1]
    const isWhole = !isQuoted || (/['"]/.test(source[from]!) && source[from] === source[to - 1])
    return isWhole
      ? { edit: { start: from, end: to, text: name }, given: source.slice(open + 2, close).trim() }
      : undefined
  }
  const first = written.source(start, start + 1)?.span
  const last = written.source(end - 1, end)?.span
  if (!first || !last) return undefined
  return {
    edit: { start: first.start, end: last.end, text: name },
    given: `\`${source.slice(first.end, last.start)}\``,
  }
}

/** In `'name == "' + name + '"'` the whole sum is written anew. */
function inSum(
  source: string,
  query: Query,
  { written }: QueryText,
  one: Interpolation,
  name: string,
): Given | undefined {
  const { parts, text } = written
  const literal = parts.find(part => part.literal)?.literal
  if (!literal || parts.some(part => (part.literal ?? part.value)?.file !== query.call.file)) return undefined
  const quote = source.slice(literal.span.start, literal.span.end)
  const pieces: string[] = []
  let run = ''
  const flush = () => {
    if (run) pieces.push(quotedLike(quote, run))
    run = ''
  }
  for (const part of parts) {
    const isInside = one.start <= part.start && part.end <= one.end && part.isHole
    if (part.value && !isInside) {
      flush()
      pieces.push(source.slice(part.value.value.at.start, part.value.value.at.end))
      continue
    }
    if (part.start <= one.start && one.start < part.end) run += text.slice(part.start, one.start) + name
    else if (one.start === part.start && isInside) run += name
    const from = part.start <= one.start ? one.end : Math.max(part.start, one.end)
    if (part.end <= one.start) run += text.slice(part.start, part.end)
    else if (from < part.end) run += text.slice(from, part.end)
  }
  flush()
  const { start, end } = query.argument.value.at
  return { edit: { start, end, text: pieces.join(' + ') }, given: givenInSum(source, text, one) }
}

/** The value, or a template of it and of what stands with it in the quotes. */
function givenInSum(source: string, text: string, one: Interpolation): string {
  const [hole] = one.holes
  const isAlone = one.holes.length === 1 && hole && (!one.isQuoted || hole.end - hole.start === one.end - one.start - 2)
  if (isAlone) return sourceOf(source, one)
  let given = ''
  let at = one.start + 1
  const escaped = (part: string) => part.replace(/[`\\$]/g, '\\$&')
  for (const { start, end, value } of one.holes) {
    const own = value ? source.slice(value.value.at.start, value.value.at.end) : ''
    given += `${escaped(text.slice(at, start))}\${${own}}`
    at = end
  }
  return `\`${given}${escaped(text.slice(at, one.end - 1))}\``
}

/** Puts an argument behind the last one. */
function append(file: string, source: string, { start, end }: { start: number; end: number }, given: string): TextEdit {
  const inside = source.slice(start, end - 1)
  const at = start + inside.trimEnd().length
  const hasComma = source[at - 1] === ','
  const isSpread = inside.slice(inside.trimEnd().length).includes('\n')
  const text = !hasComma ? `, ${given}` : isSpread ? `\n${lineIndent(source, at)}${given},` : ` ${given}`
  return { file, start: at, end: at, text }
}
