// Where a query has room for a name that is not written yet, and which class a name belongs to.
import type { RqlName } from './cursor.ts'
import type { ParsedQuery } from './parse-query.ts'
import type { RqlPathElement } from './syntax.ts'
import { plainName, type RqlToken, tokenize } from './tokens.ts'
import { propertyCalled, type RqlWorld } from './world.ts'

/** A place for a name, and the class whose properties may stand there. */
export interface ExpectedName {
  readonly offset: number
  readonly className: string
}

/**
 * The places where a property is expected and none is written: in an empty query, behind AND, OR, NOT, an opening
 * parenthesis and a dot.
 */
export function expectedNames({ text }: ParsedQuery, world: RqlWorld, className: string): readonly ExpectedName[] {
  const { tokens } = tokenize(text)
  const found: ExpectedName[] = []
  const add = (offset: number, one: string | undefined) => {
    if (one !== undefined) found.push({ offset, className: one })
  }
  if (text.trim() === '') add(text.length, className)
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1]
    if (!next) break
    if (token.kind === 'symbol' && token.text === '.') {
      const isFree = next.at.start > token.at.end || next.kind === 'end' || next.kind === 'symbol'
      if (isFree) add(token.at.end, classBefore(text, tokens, i, world, className))
      continue
    }
    const isJoint = token.kind === 'and' || token.kind === 'or' || token.kind === 'not'
    const isOpen = token.kind === 'symbol' && token.text === '('
    if (!isJoint && !isOpen) continue
    const isFree = next.kind === 'end' || (next.kind === 'symbol' && next.text === ')') || isOperator(next)
    const hasBlank = next.at.start > token.at.end
    // An opening parenthesis of LIMIT or of an object takes no property.
    const before = isOpen ? tokens[i - 1]?.kind : undefined
    if (!isFree || (isJoint && !hasBlank) || before === 'limit' || before === 'obj') continue
    add(hasBlank ? token.at.end + 1 : token.at.end, className)
  }
  return found
}

const isOperator = ({ kind }: RqlToken): boolean =>
  kind === 'equal' || kind === 'not-equal' || kind === 'relation' || kind === 'string-operator'

/** The class that the names before a dot lead to. */
function classBefore(
  text: string,
  tokens: readonly RqlToken[],
  dot: number,
  world: RqlWorld,
  className: string,
): string | undefined {
  const names: string[] = []
  for (let i = dot - 1; i >= 0; i -= 2) {
    const token = tokens[i]!
    if (token.kind === 'symbol' || token.at.end !== tokens[i + 1]!.at.start) return undefined
    names.unshift(plainName(token.text))
    if (tokens[i - 1]?.text !== '.' || tokens[i - 1]!.at.end !== token.at.start) break
  }
  const [first = ''] = names
  if (!first.startsWith('$')) return follow(world, className, names)
  // The variable of a SUBQUERY is an element of its collection.
  const path = new RegExp(`SUBQUERY\\s*\\(\\s*([^\\s,()]+)\\s*,\\s*\\${first}\\s*,`, 'i').exec(text)?.[1]
  return path === undefined ? undefined : follow(world, className, [...path.split('.'), ...names.slice(1)])
}

/** The class whose property or class a name in a query is meant to be; undefined where that is not known. */
export function classOfName(world: RqlWorld, className: string, name: RqlName): string | undefined {
  if (name.role !== 'property') return undefined
  let base: string | undefined = className
  for (const scope of name.within) base = base && followPath(world, base, scope.path.elements, scope.variable.name)
  const index = name.path.elements.findIndex(({ at }) => at.start === name.at.start)
  const before = index < 0 ? [...name.path.elements] : name.path.elements.slice(0, index)
  const variables = name.within.map(scope => scope.variable.name)
  const [first] = before
  // An outer variable belongs to an outer element, which is not followed here.
  if (first?.kind === 'name' && variables.slice(0, -1).includes(first.name)) return undefined
  return base === undefined ? undefined : followPath(world, base, before, variables.at(-1))
}

function followPath(
  world: RqlWorld,
  className: string,
  elements: readonly RqlPathElement[],
  variable: string | undefined,
): string | undefined {
  const names = elements.flatMap(element => (element.kind === 'name' ? [element.name] : []))
  return follow(world, className, names[0] === variable ? names.slice(1) : names)
}

function follow(world: RqlWorld, className: string, names: readonly string[]): string | undefined {
  let at = className
  for (let i = 0; i < names.length; i++) {
    if (names[i] === '@links') {
      const origin = names[i + 1]
      if (origin === undefined || names[i + 2] === undefined || !world.classOf(origin)) return undefined
      at = origin
      i += 2
      continue
    }
    const one = world.classOf(at)
    const target = one && propertyCalled(one, names[i]!)?.objectType
    if (target === undefined) return undefined
    at = target
  }
  return at
}
