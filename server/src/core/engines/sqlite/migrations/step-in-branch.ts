// A new step of a ladder that is made of tests: `if (version < 3) { … }`, `if (version === 2) { … }`, `case 2:`.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { contains } from '../../../text/span.ts'
import { lineIndent, type Style, styleOf } from '../../../write/style.ts'
import type { LadderStep, SqliteStore } from '../types.ts'
import { type CallPattern, stepLines } from './call-pattern.ts'
import type { NewStep } from './new-step.ts'

/** What a step is made of. */
interface Parts {
  readonly last: LadderStep
  readonly pattern: CallPattern
  readonly step: NewStep
}

/** The edit that writes the step behind the last one; undefined where the last one is written in some other way. */
export function stepInBranch(store: SqliteStore, parts: Parts, context: FixContext): readonly TextEdit[] | undefined {
  const { file } = parts.last.at
  const text = context.text(file)
  if (text === undefined || parts.last.body.file !== file) return undefined
  const style = styleOf(text)
  return /^case\b/.test(text.slice(parts.last.body.span.start, parts.last.body.span.end))
    ? newCase(store, parts, text, style)
    : newIf(store, parts, text, style)
}

function newIf(
  { scope }: SqliteStore,
  { last, pattern, step }: Parts,
  text: string,
  style: Style,
): readonly TextEdit[] | undefined {
  const { file, span: test } = last.at
  const { span: body } = last.body
  const head = /(?<!else\s*)if\s*\(\s*$/.exec(text.slice(0, test.start))
  const between = text.slice(test.end, body.start)
  if (!head || !/^\s*\)\s*$/.test(between) || /^\s*else\b/.test(text.slice(body.end))) return undefined
  if (/\belse\s+$/.test(text.slice(0, head.index))) return undefined
  const tested = numbersIn(text.slice(test.start, test.end))
  const [number] = tested
  const own = Number(number?.text)
  if (!number || tested.length !== 1) return undefined
  // A branch for new databases may ask in another way than the steps do.
  const isBelow = /[<>]/.test(text.slice(test.start, test.end))
  // `<= 1` leads to 2 as `< 2` does.
  const next = isBelow ? step.version - (last.version.value - own) : step.before
  const newTest =
    text.slice(test.start, test.start + number.start) + next + text.slice(test.start + number.end, test.end)
  const set = scope
    .usage(file)
    ?.sets?.filter(one => contains(body, one.at))
    .at(-1)
  if (!isBelow && !set && !pattern.stamp) return undefined
  const advance = set && advanceText(text.slice(set.at.start, set.at.end), set.op, step.version, style)
  const lines = stepLines(pattern, { statements: step.statements, version: step.version, advance }, style)
  const indent = lineIndent(text, head.index)
  const written = [`if (${newTest}) {`, ...lines.flatMap(inner(style)), '}']
  const end = body.end + (text[body.end] === ';' && text[body.end - 1] !== ';' ? 1 : 0)
  // An empty line stands between steps where one stands between the last two.
  const isSpaced = /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, head.index))
  const gap = isSpaced ? style.newline + style.newline : style.newline
  return [{ file, start: end, end, text: gap + block(written, indent, style) }]
}

function newCase(
  { scope }: SqliteStore,
  { last, pattern, step }: Parts,
  text: string,
  style: Style,
): readonly TextEdit[] | undefined {
  const { file, span } = last.body
  const clause = text.slice(span.start, span.end)
  const head = /^case\s+(\d+)\s*:\s*(\{)?/.exec(clause)
  if (!head) return undefined
  const leave = /\n?[ \t]*break\s*;?\s*(\}?)\s*$/.exec(clause)
  const set = scope
    .usage(file)
    ?.sets?.filter(one => contains(span, one.at))
    .at(-1)
  const advance = set && advanceText(text.slice(set.at.start, set.at.end), set.op, step.version, style)
  const lines = stepLines(pattern, { statements: step.statements, version: step.version, advance }, style)
  const indent = lineIndent(text, span.start)
  const isBraced = head[2] !== undefined
  const written = [
    `case ${step.before}:${isBraced ? ' {' : ''}`,
    ...lines.flatMap(inner(style)),
    ...(leave ? [`${style.indent}break${style.semicolon}`] : []),
    ...(isBraced ? ['}'] : []),
  ]
  const end = span.start + clause.trimEnd().length
  const edit = { file, start: end, end, text: style.newline + block(written, indent, style) }
  if (!leave) return [edit]
  // The last case leaves the switch; now it leads into the next one.
  const start = span.start + leave.index
  const stop = leave[1] === '}' ? span.start + clause.lastIndexOf('}') : end
  const kept = leave[1] === '}' ? `${style.newline}${indent}` : ''
  return stop === end ? [{ file, start, end, text: edit.text }] : [{ file, start, end: stop, text: kept }, edit]
}

/** `version = 2` for another version. */
function advanceText(written: string, op: string, version: number, { semicolon }: Style): string | undefined {
  if (op === '++' || op === '+=') return written.replace(/;?$/, semicolon)
  const target = /^\s*([\w$.]+)\s*=(?!=)/.exec(written)?.[1]
  return target === undefined ? undefined : `${target} = ${version}${semicolon}`
}

const numbersIn = (text: string) =>
  [...text.matchAll(/(?<![\w$.])\d+(?![\w$.])/g)].map(found => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }))

/** Lines one level deeper. */
const inner =
  ({ indent }: Style) =>
  (line: string): readonly string[] =>
    line.split('\n').map(one => (one === '' ? '' : indent + one))

const block = (lines: readonly string[], indent: string, { newline }: Style): string =>
  lines.map(line => (line === '' ? '' : indent + line)).join(newline)
