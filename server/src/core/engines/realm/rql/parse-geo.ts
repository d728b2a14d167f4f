// Reads the shapes that geoWithin takes.
import type { Cursor } from './cursor.ts'
import type { RqlArgument } from './syntax.ts'

/** Reads a shape; gives back the argument when it is one, undefined when the shape is written out. */
export function parseGeo(cursor: Cursor): RqlArgument | undefined {
  const { kind, text, at } = cursor.peek()
  if (kind === 'argument') return { kind: 'argument', at, index: takeArgument(cursor), quantifier: undefined }
  if (kind !== 'geo-shape') {
    return cursor.fail(at, 'geoWithin takes an argument, geoBox(…), geoCircle(…) or geoPolygon(…)')
  }
  cursor.take()
  cursor.expect('(')
  if (text.toLowerCase() === 'geopolygon') commaSeparated(cursor, loop)
  else {
    point(cursor)
    cursor.expect(',')
    if (text.toLowerCase() === 'geobox') point(cursor)
    else coordinate(cursor)
  }
  cursor.expect(')')
  return undefined
}

function loop(cursor: Cursor): void {
  cursor.expect('{')
  commaSeparated(cursor, point)
  cursor.expect('}')
}

function point(cursor: Cursor): void {
  cursor.expect('[')
  coordinate(cursor)
  cursor.expect(',')
  coordinate(cursor)
  if (cursor.takeIf('symbol', ',') && !cursor.takeIf('float')) cursor.fail(cursor.peek().at, 'An altitude is like 10.0')
  cursor.expect(']')
}

function coordinate(cursor: Cursor): void {
  if (cursor.is('argument')) takeArgument(cursor)
  else if (cursor.is('number')) {
    const { at, text } = cursor.peek()
    cursor.fail(at, 'A coordinate with a sign needs a fraction', { at, text: `${text}.0` })
  } else if (!cursor.takeIf('float') && !cursor.takeIf('natural'))
    cursor.fail(cursor.peek().at, 'A coordinate is missing')
}

function takeArgument(cursor: Cursor): number {
  const { at, text } = cursor.take()
  const index = Number(text.slice(1))
  cursor.names.push({ role: 'argument', at, index, within: [...cursor.scopes] })
  return index
}

function commaSeparated(cursor: Cursor, one: (cursor: Cursor) => void): void {
  one(cursor)
  while (cursor.takeIf('symbol', ',')) one(cursor)
}
