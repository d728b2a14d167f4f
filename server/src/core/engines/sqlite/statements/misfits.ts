// Where parameters and values of a call do not meet. What is made at run time is not judged.
import { parametersInSql, type SqlParameter } from '../../../sql/parameters-in-sql.ts'
import { scanSql } from '../../../sql/scan-sql.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Place } from '../../../text/span.ts'
import type { Parameters, SqlCall } from '../types.ts'
import { wholeText } from './judged.ts'
import { placeInSql } from './places.ts'

/** One place that does not fit. */
export interface Misfit {
  readonly at: Place
  readonly message: string
  readonly title?: string
  /** The remedy, where there is one; `before` is what must stand there. */
  readonly edit?: TextEdit & { readonly before: string }
}

const lost = 'It counts as NULL: a condition matches no row, and an insert stores nothing.'

/** All of a call. */
export function* misfits(call: SqlCall): Generator<Misfit> {
  const sql = wholeText(call)
  const { method } = call
  // With several statements each library has its own habit, and a batch may give several rows.
  if (sql === undefined || method.binds === 'tag' || splitStatements(sql).length !== 1) return
  const parameters = parametersInSql(sql)
  if (method.gives === 'statement') {
    for (const { parameters: given } of call.executions ?? []) yield* ofCall(call, sql, parameters, given)
    return
  }
  if (method.name.startsWith('executeBatch') && holdsRows(call)) return
  if (method.binds === 'nothing') yield* ofUnbound(call, parameters)
  else yield* ofCall(call, sql, parameters, call.parameters)
}

function* ofUnbound(call: SqlCall, parameters: readonly SqlParameter[]): Generator<Misfit> {
  const { method } = call
  const other = method.name.replace(/^exec/, 'run')
  const [first] = parameters
  if (call.parameters.kind !== 'none')
    yield {
      at: call.parameters.at,
      message: `"${method.name}" binds no values: these are left out, and each parameter counts as NULL. Use "${other}".`,
    }
  else if (first)
    yield {
      at: placeInSql(call, first.start, first.end),
      message: `"${method.name}" binds none of its parameters. ${lost} Use "${other}" and give it the value.`,
    }
}

function* ofCall(
  call: SqlCall,
  sql: string,
  parameters: readonly SqlParameter[],
  given: Parameters,
): Generator<Misfit> {
  const numbers = new Set(parameters.map(one => one.number))
  const count = Math.max(0, ...numbers)
  if (given.kind === 'unknown') return
  if (given.kind === 'object') {
    yield* ofObject(call, parameters, given)
    return
  }
  const values = given.kind === 'list' ? given.items.length : 0
  const quoted = values > count ? quotedMark(sql) : undefined
  if (quoted) {
    const at = placeInSql(call, quoted.start, quoted.end)
    const inner = sql.slice(quoted.start, quoted.end)
    const bare = call.sql?.place(quoted.start, quoted.end)
    yield {
      at,
      message: `In quotes this is a text of one character and no parameter, and the value is left out. Take the quotes away.`,
      title: 'Take the quotes away',
      ...(bare && {
        edit: { file: bare.file, start: bare.span.start, end: bare.span.end, text: inner.slice(1, -1), before: inner },
      }),
    }
    return
  }
  if (values === count) return
  if (given.kind === 'none') {
    const first = parameters[0]
    if (first)
      yield {
        at: placeInSql(call, first.start, first.end),
        message: `This parameter is given no value. ${lost} Give the call its values.`,
      }
    return
  }
  const rest = values < count ? lost : 'The values that are left are not used.'
  yield {
    at: given.at,
    message: `The SQL has ${some(count, 'parameter')} and is given ${some(values, 'value')}. ${rest} Give one for each.`,
  }
}

function* ofObject(
  call: SqlCall,
  parameters: readonly SqlParameter[],
  { entries }: Extract<Parameters, { kind: 'object' }>,
): Generator<Misfit> {
  const named = parameters.filter(one => !one.name.startsWith('?'))
  // Plain marks have no name that a key could give.
  if (named.length !== parameters.length || named.length === 0) return
  const names = new Map(named.map(one => [one.name, one]))
  const missed = new Set(names.keys())
  for (const { name, nameAt } of entries.values()) {
    if (missed.delete(name) || names.has(name)) continue
    const meant = named.find(one => one.name.slice(1) === name)?.name
    if (meant !== undefined) missed.delete(meant)
    const { file, span } = nameAt
    const isPlain = /^[\w$]+$/.test(meant ?? '')
    yield {
      at: nameAt,
      message:
        meant === undefined
          ? `The SQL has no parameter "${name}", and the value is left out. Correct the key.`
          : `The key must have the prefix of the parameter: "${meant}". ${lost} Write it.`,
      ...(meant !== undefined &&
        span.end - span.start === name.length && {
          title: `Write "${meant}"`,
          edit: {
            file,
            start: span.start,
            end: span.end,
            text: isPlain ? meant : `'${meant}'`,
            before: name,
          },
        }),
    }
  }
  for (const name of missed) {
    const { start, end } = names.get(name)!
    yield { at: placeInSql(call, start, end), message: `The call gives no value for "${name}". ${lost} Give it one.` }
  }
}

/** A text that is nothing but a mark. */
const quotedMark = (sql: string) =>
  scanSql(sql).find(({ kind, start, end }) => kind === 'string' && /^'(?:\?|[$:@]\w+)'$/.test(sql.slice(start, end)))

/** A batch may bind several rows to one text. */
const holdsRows = ({ parameters }: SqlCall): boolean =>
  parameters.kind === 'list' && parameters.items.some(item => item.value.kind === 'array')

const some = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
