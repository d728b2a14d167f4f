// Reads key paths.
import type { Cursor } from './cursor.ts'
import { shown } from './cursor.ts'
import type { RqlAggregate, RqlPath, RqlPathElement, RqlPathName, RqlPropertyValue, RqlQuantified } from './syntax.ts'
import { plainName, type RqlToken, type RqlTokenKind } from './tokens.ts'

/** The words that are names where a name must stand. */
const nameKinds = new Set<RqlTokenKind>([
  'name',
  'links',
  'string-operator',
  'between',
  'keys-or-values',
  'sort',
  'distinct',
  'limit',
  'direction',
  'in',
  'text',
  'binary',
  'first',
  'last',
  'index-size',
])

/** True when a key path can start with this token. */
export const startsPath = (token: RqlToken): boolean => nameKinds.has(token.kind) || token.kind === 'path-argument'

/** Reads a key path and nothing behind it: what SORT, DISTINCT and SUBQUERY take. */
export function parsePath(cursor: Cursor): RqlPath {
  const elements = [firstElement(cursor)]
  while (true) {
    const element = nextElement(cursor)
    if (!element) return note(cursor, elements)
    elements.push(element)
  }
}

/** Reads a key path with what is asked of the value at its end. */
export function parseProperty(cursor: Cursor, quantifier: RqlQuantified | undefined): RqlPropertyValue {
  const elements = [firstElement(cursor)]
  let post: RqlPropertyValue['post']
  let aggregate: RqlAggregate | undefined
  while (!post && !aggregate) {
    post = takePost(cursor)
    if (post) break
    const dot = cursor.is('symbol', '.') && cursor.peek(1).kind === 'aggregate'
    if (dot && quantifier) {
      cursor.fail(
        cursor.peek(1).at,
        `${cursor.peek(1).text} is one value, so ${quantifier.word} can not stand before it`,
      )
    }
    if (dot) aggregate = takeAggregate(cursor)
    const element = aggregate ? undefined : nextElement(cursor)
    if (!element) break
    elements.push(element)
  }
  const path = note(cursor, elements)
  if (aggregate?.of) {
    cursor.names.push({
      role: 'property',
      at: aggregate.of.at,
      name: aggregate.of.name,
      path,
      within: [...cursor.scopes],
    })
  }
  const at = { start: quantifier?.at.start ?? path.at.start, end: cursor.last()!.at.end }
  return { kind: 'property', at, quantifier, path, post, aggregate }
}

/** Reads one name. @throws Unreadable when something else stands there. */
export function parseName(cursor: Cursor): RqlPathName {
  if (!nameKinds.has(cursor.peek().kind))
    cursor.fail(cursor.peek().at, `${shown(cursor.peek())}: a property is missing`)
  const { at, text } = cursor.take()
  return { kind: 'name', at, name: plainName(text) }
}

function firstElement(cursor: Cursor): RqlPathElement {
  const argument = cursor.takeIf('path-argument')
  if (!argument) return parseName(cursor)
  const index = Number(argument.text.slice(2))
  cursor.names.push({ role: 'argument', at: argument.at, index, within: [...cursor.scopes] })
  return { kind: 'index', at: argument.at, of: { type: 'path-argument', index } }
}

function nextElement(cursor: Cursor): RqlPathElement | undefined {
  if (cursor.takeIf('symbol', '.')) return parseName(cursor)
  if (!cursor.is('symbol', '[')) return undefined
  const start = cursor.take().at.start
  const of = indexOf(cursor)
  return { kind: 'index', at: { start, end: cursor.expect(']').at.end }, of }
}

function indexOf(cursor: Cursor): Extract<RqlPathElement, { kind: 'index' }>['of'] {
  const { kind, text, at } = cursor.take()
  switch (kind) {
    case 'natural':
      return { type: 'number', text }
    case 'string':
      return { type: 'string', text: text.slice(1, -1) }
    case 'first':
    case 'last':
      return { type: kind }
    case 'argument': {
      const index = Number(text.slice(1))
      cursor.names.push({ role: 'argument', at, index, within: [...cursor.scopes] })
      return { type: 'argument', index }
    }
    default:
      if (text === '*') return { type: 'all' }
      return cursor.fail(at, 'Between brackets stands a number, a string, an argument, FIRST, LAST, SIZE or *')
  }
}

function takePost(cursor: Cursor): RqlPropertyValue['post'] {
  const [first, second, third] = [cursor.peek(), cursor.peek(1), cursor.peek(2)]
  if (first.text === '.' && (second.kind === 'size' || second.kind === 'type')) {
    cursor.take()
    const { at, text } = cursor.take()
    return { operation: second.kind, at, text }
  }
  if (first.text !== '[' || second.kind !== 'index-size' || third.text !== ']') return undefined
  for (let i = 0; i < 3; i++) cursor.take()
  return { operation: 'size', at: { start: first.at.start, end: third.at.end }, text: `[${second.text}]` }
}

function takeAggregate(cursor: Cursor): RqlAggregate {
  cursor.take()
  const { at, text } = cursor.take()
  const of = cursor.takeIf('symbol', '.') ? parseName(cursor) : undefined
  return { operation: text as RqlAggregate['operation'], at, of }
}

/** Remembers the names of a path. After `@links` stand a class and a property of that class. */
function note(cursor: Cursor, elements: readonly RqlPathElement[]): RqlPath {
  const path = { at: { start: elements[0]!.at.start, end: elements.at(-1)!.at.end }, elements }
  const within = [...cursor.scopes]
  for (const [i, element] of elements.entries()) {
    if (element.kind !== 'name' || element.name.startsWith('@')) continue
    const { at, name } = element
    const before = elements[i - 1]
    const isClass = before?.kind === 'name' && before.name === '@links'
    const isVariable = i === 0 && within.some(({ variable }) => variable.name === name)
    if (isClass) cursor.names.push({ role: 'class', at, name, within })
    else if (isVariable) cursor.names.push({ role: 'variable', at, name, within })
    else cursor.names.push({ role: 'property', at, name, path, within })
  }
  return path
}
