// Says what people mean when they write what other query languages would take.
import type { Cursor } from './cursor.ts'
import { shown } from './cursor.ts'
import type { RqlMend } from './problem.ts'
import type { RqlCompare, RqlOperator, RqlValue } from './syntax.ts'
import type { RqlToken } from './tokens.ts'

/** Operators of other languages, and what they are here. */
const foreignOperators: Readonly<Record<string, string>> = {
  eq: '==',
  is: '==',
  equals: '==',
  ne: '!=',
  neq: '!=',
  gt: '>',
  gte: '>=',
  ge: '>=',
  lt: '<',
  lte: '<=',
  le: '<=',
  in: 'IN',
  startswith: 'BEGINSWITH',
  matches: 'LIKE',
}

/** There is a value where a comparison should be, and no operator behind it. @throws Unreadable always. */
export function failAfterValue(cursor: Cursor, left: RqlValue): never {
  const token = cursor.peek()
  const foreign = foreignOperators[token.text.toLowerCase()]
  if (token.kind === 'name' && foreign) {
    const missing = `'${token.text}' is no operator: did you mean ${foreign}?`
    return cursor.fail(token.at, missing, { at: token.at, text: foreign })
  }
  const isNotIn = token.kind === 'not' && token.text !== '!' && cursor.peek(1).kind === 'in'
  if (isNotIn) {
    const at = { start: left.at.start, end: token.at.end }
    const written = cursor.text.slice(left.at.start, left.at.end)
    return cursor.fail(token.at, 'NOT stands before the value: NOT x IN {…}', { at, text: `NOT ${written}` })
  }
  const endsHere = ['end', 'and', 'or'].includes(token.kind) || token.text === ')'
  if (left.kind === 'property' && !left.post && !left.aggregate && !left.quantifier && endsHere) {
    const written = cursor.text.slice(left.at.start, left.at.end)
    const order = /^(order|sort|limit|distinct)$/i.test(written)
    const message = order
      ? 'A condition is missing before it: TRUEPREDICATE takes every object'
      : `${written} is compared with nothing: a boolean is written ${written} == true`
    return cursor.fail(left.at, message, order ? undefined : insert(left.at.end, ' == true'))
  }
  const isOrder =
    left.kind === 'property' && token.text === '(' && /^(sort|limit|distinct)$/i.test(writtenOf(cursor, left))
  if (isOrder) {
    const message = 'A condition is missing before it: TRUEPREDICATE takes every object'
    return cursor.fail(left.at, message, insert(left.at.start, 'TRUEPREDICATE '))
  }
  return cursor.fail(
    token.at,
    token.kind === 'end' ? 'A comparison is missing at the end' : `${shown(token)}: an operator is missing`,
  )
}

/** Looks at what stands behind an operator that has just been taken. @throws Unreadable when it can not be right. */
export function failAtOperand(cursor: Cursor, operator: RqlOperator | 'BETWEEN', taken: RqlToken): void {
  const token = cursor.peek()
  const isGlued = token.at.start === taken.at.end
  if (token.kind === 'equal' && isGlued) {
    const at = { start: taken.at.start, end: token.at.end }
    cursor.fail(at, `'${cursor.text.slice(at.start, at.end)}' is written ${operator}`, { at, text: operator })
  }
  if (token.text === '[' && cursor.peek(1).kind === 'name' && cursor.peek(2).text === ']') {
    const at = { start: token.at.start, end: cursor.peek(2).at.end }
    cursor.fail(at, 'Only [c] can stand here: upper and lower case count as the same', { at, text: '[c]' })
  }
  const wantsList = operator === 'IN' || operator === 'BETWEEN'
  if (!wantsList || token.kind === 'end') return
  if (operator === 'BETWEEN' && token.text !== '{') {
    cursor.fail(token.at, 'BETWEEN takes two values in braces: BETWEEN {1, 3}', listMend(cursor) ?? limitsMend(cursor))
  }
  const isList = token.kind === 'symbol' && (token.text === '[' || (token.text === '(' && listMend(cursor)))
  if (isList) cursor.fail(token.at, 'A list is written in braces: {1, 2}', listMend(cursor))
}

/** Looks at what stands behind a comparison that has been read. @throws Unreadable when it can not be right. */
export function failAtComparison(cursor: Cursor, { right }: RqlCompare): void {
  const token = cursor.peek()
  const isString = right.kind === 'constant' && right.type === 'string'
  if (isString && token.kind === 'string' && token.at.start === right.at.end) {
    cursor.fail(
      { start: right.at.start, end: token.at.end },
      'A quote in a string is not doubled: give the value as $0',
    )
  }
}

/** `[1, 2]` and `(1, 2)` with braces; undefined where it is no flat list of constants. */
function listMend(cursor: Cursor): RqlMend | undefined {
  const open = cursor.peek()
  const close = open.text === '[' ? ']' : open.text === '(' ? ')' : undefined
  if (!close) return undefined
  for (let i = 1; ; i++) {
    const token = cursor.peek(i)
    if (token.kind === 'end') return undefined
    if (token.text === close) {
      const at = { start: open.at.start, end: token.at.end }
      // One value in parentheses is a value, two of them are a list.
      if (open.text === '(' && !cursor.text.slice(at.start, at.end).includes(',')) return undefined
      return { at, text: `{${cursor.text.slice(open.at.end, token.at.start)}}` }
    }
    const isElement = !['symbol', 'name', 'and', 'or', 'equal', 'relation'].includes(token.kind) || token.text === ','
    if (!isElement) return undefined
  }
}

/** `1 AND 3` with braces. */
function limitsMend(cursor: Cursor): RqlMend | undefined {
  const [low, and, high] = [cursor.peek(), cursor.peek(1), cursor.peek(2)]
  const plain = new Set(['natural', 'number', 'float', 'argument', 'timestamp'])
  if (!plain.has(low.kind) || and.kind !== 'and' || !plain.has(high.kind)) return undefined
  return { at: { start: low.at.start, end: high.at.end }, text: `{${low.text}, ${high.text}}` }
}

const writtenOf = (cursor: Cursor, { at }: RqlValue): string => cursor.text.slice(at.start, at.end)
const insert = (offset: number, text: string): RqlMend => ({ at: { start: offset, end: offset }, text })
