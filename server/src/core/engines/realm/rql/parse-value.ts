// Reads the values that a query compares.
import type { Span } from '../../../text/span.ts'
import type { Cursor } from './cursor.ts'
import { shown } from './cursor.ts'
import { parseName, parsePath, parseProperty, startsPath } from './parse-path.ts'
import type {
  RqlArgument,
  RqlCondition,
  RqlConstant,
  RqlConstantType,
  RqlList,
  RqlObject,
  RqlQuantified,
  RqlSubquery,
  RqlValue,
} from './syntax.ts'
import type { RqlTokenKind } from './tokens.ts'

/** Reads a value without arithmetic. `parseCondition` reads what stands in a SUBQUERY. */
export function parseValue(cursor: Cursor, parseCondition: () => RqlCondition | undefined): RqlValue {
  const token = cursor.peek()
  if (token.kind === 'subquery') return parseSubquery(cursor, parseCondition)
  if (token.kind === 'symbol' && token.text === '{') return parseList(cursor, undefined)
  // `binary` and `bin` are names too; only before a parenthesis they are not.
  if (startsPath(token) && !(token.kind === 'binary' && cursor.peek(1).text === '(')) {
    return parseProperty(cursor, undefined)
  }
  if (token.kind !== 'quantifier') return parseConstant(cursor)
  const next = cursor.peek(1)
  if (next.kind === 'argument') return parseConstant(cursor)
  const quantifier = takeQuantifier(cursor)
  if (next.text === '{' && next.kind === 'symbol') return parseList(cursor, quantifier)
  if (startsPath(next)) return parseProperty(cursor, quantifier)
  return cursor.fail(next.at, `After ${quantifier.word} stands a key path, a list or an argument`)
}

/** Reads `{…}`. */
export function parseList(cursor: Cursor, quantifier: RqlQuantified | undefined): RqlList {
  const start = quantifier?.at.start ?? cursor.peek().at.start
  cursor.expect('{')
  const elements: RqlList['elements'][number][] = []
  // Realm takes a comma before the first element, too.
  if (!cursor.is('symbol', '}') && !cursor.is('symbol', ',')) elements.push(parseConstant(cursor))
  while (cursor.takeIf('symbol', ',')) elements.push(parseConstant(cursor))
  return { kind: 'list', at: { start, end: cursor.expect('}').at.end }, quantifier, elements }
}

/** Reads a quantifier, perhaps none. */
export function takeQuantifier(cursor: Cursor): RqlQuantified {
  const { at, text } = cursor.take()
  const word = text.toUpperCase()
  return { at, word: word === 'ALL' || word === 'NONE' ? word : 'ANY' }
}

const constantTypes: Partial<Record<RqlTokenKind, RqlConstantType>> = {
  natural: 'integer',
  number: 'integer',
  float: 'float',
  infinity: 'infinity',
  nan: 'nan',
  string: 'string',
  base64: 'base64',
  timestamp: 'timestamp',
  uuid: 'uuid',
  objectId: 'objectId',
  link: 'link',
  typedLink: 'typedLink',
  bool: 'bool',
  null: 'null',
}

function parseConstant(cursor: Cursor): RqlConstant | RqlArgument | RqlObject {
  const token = cursor.peek()
  const type = constantTypes[token.kind]
  if (type) {
    cursor.take()
    return { kind: 'constant', at: token.at, type, text: bare(token.kind, token.text) }
  }
  switch (token.kind) {
    case 'argument':
      return parseArgument(cursor, undefined)
    case 'quantifier': {
      const quantifier = takeQuantifier(cursor)
      if (cursor.is('argument')) return parseArgument(cursor, quantifier)
      return cursor.fail(cursor.peek().at, `After ${quantifier.word} stands an argument here`)
    }
    case 'obj':
      return parseObject(cursor)
    case 'binary':
      return parseBinary(cursor)
    default:
      return cursor.fail(token.at, missing(cursor, token.at))
  }
}

function missing(cursor: Cursor, at: Span): string {
  const token = cursor.peek()
  if (startsPath(token)) return `'${token.text}' is a name, and a list holds only values that are written out`
  return at.start === at.end ? 'A value is missing at the end' : `A value is missing before ${shown(token)}`
}

function parseArgument(cursor: Cursor, quantifier: RqlQuantified | undefined): RqlArgument {
  const { at, text } = cursor.take()
  const index = Number(text.slice(1))
  cursor.names.push({ role: 'argument', at, index, within: [...cursor.scopes] })
  return { kind: 'argument', at: { start: quantifier?.at.start ?? at.start, end: at.end }, index, quantifier }
}

function parseObject(cursor: Cursor): RqlObject {
  const start = cursor.take().at.start
  cursor.expect('(')
  const name = cursor.takeIf('string') ?? cursor.fail(cursor.peek().at, 'obj() takes the name of a class in quotes')
  const classAt = { start: name.at.start + 1, end: name.at.end - 1 }
  const className = bare('string', name.text)
  cursor.names.push({ role: 'class', at: classAt, name: className, within: [...cursor.scopes] })
  cursor.expect(',')
  if (!['natural', 'number', 'string', 'uuid', 'objectId', 'argument'].includes(cursor.peek().kind)) {
    cursor.fail(cursor.peek().at, 'obj() takes a primary key: an integer, a string, a uuid, an oid or an argument')
  }
  const key = parseConstant(cursor) as RqlConstant | RqlArgument
  return { kind: 'object', at: { start, end: cursor.expect(')').at.end }, className, classAt, key }
}

function parseBinary(cursor: Cursor): RqlConstant {
  const start = cursor.take().at.start
  cursor.expect('(')
  const content = cursor.takeIf('string') ?? cursor.takeIf('base64')
  if (!content) return cursor.fail(cursor.peek().at, 'binary() takes a string or B64"…"')
  const text = bare(content.kind, content.text)
  return { kind: 'constant', at: { start, end: cursor.expect(')').at.end }, type: 'binary', text }
}

function parseSubquery(cursor: Cursor, parseCondition: () => RqlCondition | undefined): RqlSubquery {
  const start = cursor.take().at.start
  cursor.expect('(')
  const path = parsePath(cursor)
  cursor.expect(',')
  const variable = parseName(cursor)
  cursor.names.push({ role: 'variable', at: variable.at, name: variable.name, within: [...cursor.scopes] })
  cursor.expect(',')
  cursor.scopes.push({ variable, path })
  const where = parseCondition()
  cursor.scopes.pop()
  cursor.expect(')')
  const dot = cursor.takeIf('symbol', '.')
  const size = dot && cursor.takeIf('size')
  if (!size) cursor.fail(cursor.peek().at, 'After SUBQUERY(…) stands .@count')
  return { kind: 'subquery', at: { start, end: cursor.last()!.at.end }, path, variable, where }
}

const bare = (kind: RqlTokenKind, text: string): string =>
  kind === 'string' ? text.slice(1, -1) : kind === 'base64' ? text.slice(4, -1) : text
