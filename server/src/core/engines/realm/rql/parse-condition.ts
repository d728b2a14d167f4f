// Reads conditions: what stands between AND, OR and NOT.
import type { Span } from '../../../text/span.ts'
import type { Cursor } from './cursor.ts'
import { shown, Unreadable } from './cursor.ts'
import { failAfterValue, failAtComparison, failAtOperand } from './hints.ts'
import { parseGeo } from './parse-geo.ts'
import { parseList, parseValue, takeQuantifier } from './parse-value.ts'
import type { RqlCompare, RqlCondition, RqlOperation, RqlOperator, RqlValue } from './syntax.ts'
import type { RqlToken, RqlTokenKind } from './tokens.ts'

/** Reads a condition, as far as it can be read. */
export function parseCondition(cursor: Cursor): RqlCondition | undefined {
  const read = parseOr(cursor, 'condition')
  return read && 'condition' in read ? read.condition : undefined
}

/** What can stand in parentheses: their meaning shows only behind them. `closed` is a value in parentheses. */
type Read = { readonly condition: RqlCondition | undefined } | { readonly value: RqlValue; readonly closed: boolean }
type Wanted = 'condition' | 'condition or value' | 'value'

const parseOr = (cursor: Cursor, wanted: Wanted): Read => joined(cursor, wanted, 'or', parseAnd)
const parseAnd = (cursor: Cursor, wanted: Wanted): Read => joined(cursor, wanted, 'and', parseNot)

function joined(cursor: Cursor, wanted: Wanted, kind: 'and' | 'or', parsePart: typeof parseOr): Read {
  const start = cursor.peek().at.start
  const first = parsePart(cursor, wanted)
  if ('value' in first || !cursor.is(kind)) return first
  const parts = first.condition ? [first.condition] : []
  while (cursor.takeIf(kind)) {
    const next = parsePart(cursor, 'condition')
    if ('condition' in next && next.condition) parts.push(next.condition)
  }
  return { condition: { kind, at: { start, end: endOf(cursor) }, parts } }
}

function parseNot(cursor: Cursor, wanted: Wanted): Read {
  const not = wanted === 'value' ? undefined : cursor.takeIf('not')
  if (not) {
    const of = parseNot(cursor, 'condition')
    if (!('condition' in of) || !of.condition) return { condition: undefined }
    return { condition: { kind: 'not', at: { start: not.at.start, end: endOf(cursor) }, of: of.condition } }
  }
  const always = wanted === 'value' ? undefined : cursor.takeIf('always')
  if (always) {
    return { condition: { kind: 'always', at: always.at, value: always.text.toLowerCase() === 'truepredicate' } }
  }
  try {
    return parseComparison(cursor, wanted)
  } catch (error) {
    if (!(error instanceof Unreadable) || wanted !== 'condition') throw error
    skipToNextPart(cursor)
    return { condition: undefined }
  }
}

/** After something unreadable: on to the AND, OR, parenthesis or SORT behind it, so that the rest is read. */
function skipToNextPart(cursor: Cursor): void {
  let depth = 0
  while (!cursor.is('end')) {
    const { kind, text } = cursor.peek()
    if (kind === 'symbol' && (text === '(' || text === '{')) depth++
    if (kind === 'symbol' && (text === ')' || text === '}') && --depth < 0) return
    const isOrder = (kind === 'sort' || kind === 'distinct' || kind === 'limit') && cursor.peek(1).text === '('
    if (depth === 0 && (kind === 'and' || kind === 'or' || isOrder)) return
    cursor.take()
  }
}

function parseComparison(cursor: Cursor, wanted: Wanted): Read {
  const first = cursor.peek()
  const start = first.at.start
  const read = parseSum(cursor, wanted)
  if ('condition' in read) return read
  const left = read.value
  const token = cursor.peek()
  const operator = operatorOf(token)
  const isPlain = !read.closed && left.kind !== 'operation'
  const isSpecial = ['string-operator', 'text', 'between', 'geowithin'].includes(token.kind)
  if (wanted !== 'condition' && cursor.is('symbol', ')')) return read
  if (wanted === 'value') return read
  if (isSpecial && !isPlain) cursor.fail(token.at, `A value in parentheses or a sum can not stand before ${token.text}`)
  if (token.kind === 'between') return between(cursor, left)
  if (token.kind === 'geowithin') {
    if (left.kind !== 'property' || left.aggregate) cursor.fail(left.at, 'Before geoWithin stands a link')
    cursor.take()
    const shape = parseGeo(cursor)
    const at = { start, end: endOf(cursor) }
    return { condition: { kind: 'geo-within', at, operatorAt: token.at, value: left, shape } }
  }
  if (!operator) return failAfterValue(cursor, left)
  cursor.take()
  const right = parseRight(cursor, operator, token)
  const condition: RqlCompare = {
    kind: 'compare',
    at: { start, end: endOf(cursor) },
    left,
    operator,
    operatorAt: token.at,
    ...right,
  }
  failAtComparison(cursor, condition)
  return { condition }
}

function parseRight(cursor: Cursor, operator: RqlOperator, token: RqlToken): Pick<RqlCompare, 'ignoreCase' | 'right'> {
  failAtOperand(cursor, operator, token)
  const canIgnoreCase = token.kind !== 'relation' && token.kind !== 'text'
  const ignoreCase = canIgnoreCase ? cursor.takeIf('case')?.at : undefined
  if (token.kind === 'string-operator' || token.kind === 'text') {
    return { ignoreCase, right: parseValue(cursor, () => parseCondition(cursor)) }
  }
  const right = parseSum(cursor, 'value')
  if ('condition' in right) return cursor.fail(token.at, `A value is missing behind ${token.text}`)
  return { ignoreCase, right: right.value }
}

function between(cursor: Cursor, value: RqlValue): Read {
  const operatorAt = cursor.take().at
  const quantifier = cursor.is('quantifier') ? takeQuantifier(cursor) : undefined
  failAtOperand(cursor, 'BETWEEN', cursor.last()!)
  const limits = parseList(cursor, quantifier)
  return {
    condition: { kind: 'between', at: { start: value.at.start, end: limits.at.end }, operatorAt, value, limits },
  }
}

const parseSum = (cursor: Cursor, wanted: Wanted): Read => operation(cursor, wanted, ['+', '-'], parseProduct)
const parseProduct = (cursor: Cursor, wanted: Wanted): Read => operation(cursor, wanted, ['*', '/'], parseFactor)

function operation(cursor: Cursor, wanted: Wanted, signs: readonly string[], parsePart: typeof parseOr): Read {
  let read = parsePart(cursor, wanted)
  while ('value' in read && cursor.peek().kind === 'symbol' && signs.includes(cursor.peek().text)) {
    const operator = cursor.take().text as RqlOperation['operator']
    const right = parsePart(cursor, 'value')
    if ('condition' in right) return right
    const at: Span = { start: read.value.at.start, end: endOf(cursor) }
    read = { value: { kind: 'operation', at, operator, left: read.value, right: right.value }, closed: false }
  }
  return read
}

function parseFactor(cursor: Cursor, wanted: Wanted): Read {
  if (!cursor.is('symbol', '(')) return { value: parseValue(cursor, () => parseCondition(cursor)), closed: false }
  cursor.take()
  const inner = parseOr(cursor, wanted === 'value' ? 'value' : 'condition or value')
  if (!cursor.takeIf('symbol', ')')) cursor.fail(cursor.peek().at, `${shown(cursor.peek())}: ')' is missing`)
  return 'value' in inner ? { value: inner.value, closed: true } : inner
}

const operatorKinds = new Set<RqlTokenKind>(['equal', 'not-equal', 'in', 'relation', 'string-operator', 'text'])

function operatorOf({ kind, text }: RqlToken): RqlOperator | undefined {
  if (!operatorKinds.has(kind)) return undefined
  if (kind === 'equal') return '=='
  if (kind === 'not-equal') return '!='
  if (text === '=<') return '<='
  if (text === '=>') return '>='
  return text.toUpperCase() as RqlOperator
}

const endOf = (cursor: Cursor): number => cursor.last()?.at.end ?? 0
