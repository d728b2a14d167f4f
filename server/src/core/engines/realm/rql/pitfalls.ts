// Finds comparisons that Realm takes although they can not be meant: they match nothing, or everything.
import { type Checking, warn, written } from './checking.ts'
import type { RqlName } from './cursor.ts'
import type { Operand } from './operand.ts'
import type { Sides } from './sides.ts'
import type { RqlConstant } from './syntax.ts'

/** Warns of a comparison that Realm accepts. */
export function warnComparison(check: Checking, sides: Sides): void {
  const { leftOperand, left, right } = sides
  for (const side of [left, right]) {
    if (side.kind === 'constant' && side.type === 'string') warnEscape(check, side)
    if (side.kind !== 'list') continue
    for (const element of side.elements) {
      if (element.kind === 'constant' && element.type === 'string') warnEscape(check, element)
    }
  }
  warnNull(check, sides)
  if (leftOperand) warnStrings(check, sides, leftOperand)
  if (leftOperand) warnElements(check, sides, leftOperand)
}

function warnEscape(check: Checking, { at, text }: RqlConstant): void {
  const found = /\\(?:u[0-9a-fA-F]{4}|.)/s.exec(text)
  if (!found) return
  const start = at.start + 1 + found.index
  const message = `Realm does not decode '${found[0]}' but compares with the backslash: give the value as $0`
  warn(check, { start, end: start + found[0].length }, message)
}

function warnNull(check: Checking, { operator, left, right, leftOperand, rightOperand, at }: Sides): void {
  if (operator !== '==' && operator !== '!=') return
  const isNull = [left, right].some(side => side.kind === 'constant' && side.type === 'null')
  const column = [leftOperand, rightOperand].find(operand => operand?.shape === 'column')
  if (!isNull || !column?.property || column.property.optional || column.overLinks || column.type === 'mixed') return
  const matches = operator === '==' ? 'nothing' : 'everything'
  warn(check, at, `'${column.property.name}' is never null, so this matches ${matches}`)
}

function warnStrings(check: Checking, { operator, operatorAt, right, left }: Sides, first: Operand): void {
  const isString = ['BEGINSWITH', 'ENDSWITH', 'CONTAINS', 'LIKE'].includes(operator)
  if (!isString) return
  const hasText = ['string', 'data', 'mixed'].includes(first.type)
  if (!hasText && left.kind !== 'constant') {
    warn(check, operatorAt, `${operator} never matches '${written(check, left.at)}', which is no string`)
    return
  }
  if (operator !== 'LIKE' || right.kind !== 'constant' || right.type !== 'string' || !right.text.includes('%')) return
  const isSql = !/[*?]/.test(right.text)
  const content = { start: right.at.start + 1, end: right.at.end - 1 }
  const mend = isSql && /^%|%$/.test(right.text) ? { at: content, text: right.text.replaceAll('%', '*') } : undefined
  if (mend) warn(check, content, `In LIKE, * stands for any text; % is the character`, mend)
}

/** A list of values of which none can be equal. */
function warnElements(check: Checking, { operator, right }: Sides, { type }: Operand): void {
  if (operator !== 'IN' || right.kind !== 'list') return
  const families: Partial<Record<RqlConstant['type'], string>> = {
    integer: 'number',
    float: 'number',
    string: 'string',
    bool: 'bool',
  }
  const numbers = ['int', 'float', 'double', 'decimal128']
  const wanted = numbers.includes(type) ? 'number' : type === 'string' || type === 'bool' ? type : undefined
  if (!wanted) return
  for (const element of right.elements) {
    const family = element.kind === 'constant' ? families[element.type] : undefined
    const isText = family === 'string' && wanted === 'number'
    if (!family || family === wanted || (isText && /^\s*[+-]?[\d.]/.test((element as RqlConstant).text))) continue
    warn(check, element.at, `${written(check, element.at)} is never equal to a value of type '${type}'`)
  }
}

/** Warns of a given argument that the query does not use. */
export function warnUnused(check: Checking, used: readonly number[]): void {
  const { count } = check.given
  if (count === undefined) return
  const all = { start: 0, end: check.text.length }
  for (let i = 0; i < count; i++)
    if (!used.includes(i)) warn(check, all, `The query does not use its argument $${i}`, undefined, i)
}

/** Warns of names in a SUBQUERY that mean the element without saying so: whoever writes them may mean the object around. */
export function warnBareNames(check: Checking, names: readonly RqlName[]): void {
  for (const name of names) {
    const scope = name.within.at(-1)
    if (name.role !== 'property' || !scope || name.path.elements[0]?.at.start !== name.at.start) continue
    if (name.name.startsWith('@') || check.problems.some(({ at }) => at.start === name.at.start)) continue
    const { name: variable } = scope.variable
    const mend = { at: { start: name.at.start, end: name.at.start }, text: `${variable}.` }
    warn(check, name.at, `In a SUBQUERY '${name.name}' is that of the element: write ${variable}.${name.name}`, mend)
  }
}
