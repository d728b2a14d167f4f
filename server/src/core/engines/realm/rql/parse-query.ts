// Reads a query string of Realm: the tree, what is wrong with it, and every name in it.
import type { Span } from '../../../text/span.ts'
import type { Cursor, RqlName } from './cursor.ts'
import { createCursor, shown, Unreadable } from './cursor.ts'
import { parseCondition } from './parse-condition.ts'
import { parsePath } from './parse-path.ts'
import type { RqlProblem } from './problem.ts'
import type { RqlOrder, RqlQuery } from './syntax.ts'
import { tokenize } from './tokens.ts'

/** A query that was read. */
export interface ParsedQuery {
  readonly text: string
  readonly tree: RqlQuery
  /** What makes it no query, in the order of the text: empty when Realm's parser takes it. */
  readonly problems: readonly RqlProblem[]
  /** Every property, class, variable and argument, in the order of the text. */
  readonly names: readonly RqlName[]
  /** The indexes of the arguments it uses, each once, ascending. */
  readonly arguments: readonly number[]
}

/**
 * Reads a query string (realm-core 13 to 20: `parser/query_flex.ll`, `query_bison.yy`). Never throws; of what is no
 * query, gives what could be read.
 */
export function parseQuery(text: string): ParsedQuery {
  const { tokens, problems } = tokenize(text)
  const cursor = createCursor(text, tokens)
  const where = parseWhere(cursor)
  const order = parseOrders(cursor)
  const names = [...cursor.names].sort((a, b) => a.at.start - b.at.start)
  const used = names.flatMap(name => (name.role === 'argument' ? [name.index] : []))
  // What the parser stumbles over behind a character without meaning is a consequence of it.
  const stumbled = cursor.problems.filter(({ at }) => problems.every(problem => at.end <= problem.at.start))
  return {
    text,
    tree: { at: { start: 0, end: text.length }, where, order },
    problems: [...stumbled, ...problems].sort((a, b) => a.at.start - b.at.start),
    names,
    arguments: [...new Set(used)].sort((a, b) => a - b),
  }
}

function parseWhere(cursor: Cursor): RqlQuery['where'] {
  const { kind, at } = cursor.peek()
  if (kind === 'end') {
    readable(() => cursor.fail(at, 'A query is never empty: TRUEPREDICATE takes every object'))
    return undefined
  }
  return readable(() => parseCondition(cursor))
}

function parseOrders(cursor: Cursor): readonly RqlOrder[] {
  const orders: RqlOrder[] = []
  while (!cursor.is('end')) {
    const order = readable(() => parseOrder(cursor))
    if (order) orders.push(order)
    // On to the next clause that can be read, where one could not be.
    else while (!cursor.is('end') && !startsOrder(cursor)) cursor.take()
  }
  return orders
}

const startsOrder = (cursor: Cursor): boolean => ['sort', 'distinct', 'limit'].includes(cursor.peek().kind)

function parseOrder(cursor: Cursor): RqlOrder {
  const word = cursor.peek()
  if (!startsOrder(cursor)) return failAtEnd(cursor)
  cursor.take()
  if (word.kind === 'limit') return parseLimit(cursor, word.at)
  cursor.expect('(')
  const start = word.at.start
  if (word.kind === 'distinct') {
    const by = separated(cursor, () => ({ path: parsePath(cursor) }))
    return { kind: 'distinct', at: { start, end: cursor.expect(')').at.end }, by }
  }
  const by = separated(cursor, () => {
    const path = parsePath(cursor)
    const direction = cursor.takeIf('direction')
    if (direction) return { path, descending: direction.text.toLowerCase().startsWith('desc') }
    const next = cursor.peek()
    const isOver = next.kind === 'end' || next.text === ',' || next.text === ')'
    if (!isOver) return cursor.fail(next.at, `${shown(next)}: ASC or DESC is expected here`)
    const mend = { at: { start: path.at.end, end: path.at.end }, text: ' ASC' }
    return cursor.fail(path.at, 'SORT needs a direction behind each key path: ASC or DESC', mend)
  })
  return { kind: 'sort', at: { start, end: cursor.expect(')').at.end }, by }
}

function parseLimit(cursor: Cursor, { start, end }: Span): RqlOrder {
  const bare = cursor.peek()
  if (bare.kind === 'natural') {
    cursor.fail(bare.at, 'A limit stands in parentheses: LIMIT(5)', {
      at: { start: end, end: bare.at.end },
      text: `(${bare.text})`,
    })
  }
  cursor.expect('(')
  const count =
    cursor.takeIf('natural') ?? cursor.fail(cursor.peek().at, 'LIMIT takes a number that is written out: LIMIT(5)')
  return { kind: 'limit', at: { start, end: cursor.expect(')').at.end }, count: Number(count.text) }
}

function failAtEnd(cursor: Cursor): never {
  const { at, text, kind } = cursor.peek()
  if (/^(order|sort|sorted|orderby)$/i.test(text)) cursor.fail(at, 'Objects are sorted by SORT(name ASC)')
  if (kind === 'symbol' && text === ')') cursor.fail(at, `This ')' closes nothing`)
  return cursor.fail(at, `${shown(cursor.peek())}: AND, OR, SORT(…), DISTINCT(…), LIMIT(…) or the end is expected here`)
}

function separated<T>(cursor: Cursor, one: () => T): readonly T[] {
  const all = [one()]
  while (cursor.takeIf('symbol', ',')) all.push(one())
  return all
}

function readable<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}
