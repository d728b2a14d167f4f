// How an app runs the SQL of its steps, so that a new step runs its own in the same way.
import type { FixContext } from '../../../rules/rule.ts'
import { contains, type Place, type Span } from '../../../text/span.ts'
import { lineIndent, quoted, type Style } from '../../../write/style.ts'
import { versionWritten } from '../ladder/version-calls.ts'
import type { LadderStep, SqlCall, SqliteStore, Transaction } from '../types.ts'

/** How the calls of a step look. */
export interface CallPattern {
  /** `await db.execAsync`, without its arguments. */
  readonly callee: string
  /** True where one call runs several statements. */
  readonly runsAll: boolean
  /** What stands around the calls where the step runs them in a transaction of its own: `await db.withTransactionAsync(async () => {` and `})`. */
  readonly transaction: { readonly head: string; readonly tail: string } | undefined
  /** The statement that writes the version, with the letters of its number, and whether it stands in that transaction. */
  readonly stamp: { readonly text: string; readonly number: Span | undefined; readonly isInside: boolean } | undefined
}

/** The pattern of a step; undefined where its own code runs no SQL that can be a pattern. */
export function patternOf(
  store: SqliteStore,
  { body, texts }: LadderStep,
  context: FixContext,
): CallPattern | undefined {
  const { file, span } = body
  const text = context.text(file)
  const isInside = (call: SqlCall): boolean => call.call.file === file && contains(span, call.call.value.at)
  const call = texts.map(one => one.call).find(one => isInside(one) && isPlain(one))
  if (text === undefined || !call) return undefined
  const callee = call.call.value.callee.at
  const start = startOfStatement(text, call.call.value.at.start)
  const around = store.transactions.filter(
    one => one.call.file === file && contains(span, one.call.value.at) && contains(one.call.value.at, callee),
  )
  if (around.length > 1) return undefined
  const transaction = around[0] && frameOf(store, around[0], text)
  if (around.length > 0 && !transaction) return undefined
  const stamp = store.ladder?.writes.find(one => isInside(one.call) && isAlone(one.call))
  return {
    callee: text.slice(start, callee.end),
    runsAll: call.method.runs === 'all',
    transaction,
    stamp: stamp && {
      ...stampOf(stamp.call, text),
      isInside: around.length === 0 || contains(around[0]!.call.value.at, stamp.call.call.value.at),
    },
  }
}

/** A call of one text, which binds nothing. */
const isPlain = (call: SqlCall): boolean =>
  !/batch|sql$|prepare/i.test(call.method.name.replace(/^executeSql$/, '')) &&
  call.method.gives !== 'statement' &&
  !versionWritten(call) &&
  call.call.value.callee.kind === 'member'

/** A call that does nothing but write the version. */
const isAlone = ({ sql }: SqlCall): boolean => /^\s*pragma\s+user_version\s*=[^;]*;?\s*$/i.test(sql?.text ?? '')

function frameOf({ scope }: SqliteStore, { call, body }: Transaction, text: string): CallPattern['transaction'] {
  const block = body && body.file === call.file ? scope.usage(body.file)?.functions[body.fn]?.bodyAt : undefined
  if (!block || text[block.start] !== '{' || !contains(call.value.at, block)) return undefined
  const start = startOfStatement(text, call.value.at.start)
  const end = call.value.at.end + (text[call.value.at.end] === ';' ? 1 : 0)
  return { head: text.slice(start, block.start + 1), tail: text.slice(block.end - 1, end) }
}

function stampOf(call: SqlCall, text: string) {
  const { at } = call.call.value
  const start = startOfStatement(text, at.start)
  const end = at.end + (text[at.end] === ';' ? 1 : 0)
  const written = versionWritten(call)
  const place = written && call.sql?.place(written.start, written.end)?.span
  const isNumber = place !== undefined && /^\d+$/.test(text.slice(place.start, place.end))
  return {
    text: text.slice(start, end),
    number: isNumber ? { start: place.start - start, end: place.end - start } : undefined,
  }
}

/** With the `await`, `void` or `return` before it. */
export const startOfStatement = (text: string, start: number): number =>
  start - (/(?:(?:await|void|return)\s+)+$/.exec(text.slice(0, start))?.[0].length ?? 0)

/** What is to be run, and what is to be set when that is done. */
export interface StepContent {
  readonly statements: readonly string[]
  readonly version: number
  /** A statement that advances the variable that is tested. */
  readonly advance: string | undefined
}

/** The lines of a step, each relative to where the first will stand. */
export function stepLines(pattern: CallPattern, content: StepContent, style: Style): readonly string[] {
  const { callee, transaction, stamp } = pattern
  const plain = transaction ? callee.replace(/^return\s+/, '') : callee
  const calls = callLines({ ...pattern, callee: plain }, content.statements, style)
  const advance = content.advance === undefined ? [] : [content.advance]
  const stampLine = stamp && (stamp.number ? replaced(stamp.text, stamp.number, String(content.version)) : stamp.text)
  const stampLines = stampLine === undefined ? [] : [stampLine]
  if (!transaction) return [...calls, ...stampLines, ...advance]
  // A version that was written behind the transaction is written in it, where its number is written out.
  const isMoved = stamp && !stamp.isInside && stamp.number !== undefined
  const own = isMoved
    ? callLines({ ...pattern, callee: plain }, [`PRAGMA user_version = ${content.version}`], style)
    : stampLines
  const isLeft = stamp && !stamp.isInside && !isMoved
  const inside = isLeft ? calls : [...calls, ...own]
  const { head, tail } = transaction
  return [head, ...inside.flatMap(line => indented(line, style.indent)), tail, ...(isLeft ? own : []), ...advance]
}

/** The calls that run the statements. */
export function callLines(
  { callee, runsAll }: Pick<CallPattern, 'callee' | 'runsAll'>,
  statements: readonly string[],
  style: Style,
): readonly string[] {
  const groups = runsAll && statements.length > 1 ? [statements] : statements.map(one => [one])
  return groups.flatMap(group => `${callee}(${sqlLiteral(group, style)})${style.semicolon}`.split('\n'))
}

/** Statements as one literal: over several lines where it has several. */
export function sqlLiteral(statements: readonly string[], style: Style): string {
  const plain = statements.map(one => dedented(one))
  const [only] = plain
  if (plain.length === 1 && only !== undefined && !only.includes('\n')) return quoted(only, quoteFor(only, style))
  const lines = plain.flatMap(one => `${one};`.split('\n')).map(line => (line === '' ? '' : style.indent + line))
  return `\`\n${lines.join('\n').replace(/[`\\]|\$(?=\{)/g, '\\$&')}\n\``
}

/** SQL has texts in single quotes, which read badly escaped. */
const quoteFor = (sql: string, { quote }: Style): Pick<Style, 'quote'> =>
  quote === "'" && sql.includes("'") && !sql.includes('"') ? { quote: '"' } : { quote }

/** Without the indentation that all lines but the first have. */
function dedented(sql: string): string {
  const lines = sql.replaceAll('\r\n', '\n').split('\n')
  const rest = lines.slice(1).filter(line => line.trim() !== '')
  const common = Math.min(...rest.map(line => /^[ \t]*/.exec(line)![0].length), 200)
  const last = rest.at(-1)?.trim()
  const own = rest.length > 0 && last !== undefined && /^\)/.test(last) ? common : Math.max(0, common - 2)
  return [lines[0]!, ...lines.slice(1).map(line => line.slice(Math.min(own, line.length)).trimEnd())].join('\n')
}

const indented = (line: string, indent: string): readonly string[] =>
  line.split('\n').map(one => (one === '' ? '' : indent + one))

/** A text with a stretch of it replaced. */
export const replaced = (text: string, { start, end }: Span, by: string): string =>
  text.slice(0, start) + by + text.slice(end)

/** The indentation of the line of a place. */
export const indentAt = (text: string, { span }: Place): string => lineIndent(text, span.start)
