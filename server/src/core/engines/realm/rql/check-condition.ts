// Checks conditions: whether the two sides can be compared in this way.

import { checkGeoWithin } from './check-geo.ts'
import { isConstant, operandOf, operandsOf } from './check-value.ts'
import { type Checking, reject, rejected, warn } from './checking.ts'
import { literalMend } from './literal-mend.ts'
import { areComparable, type Operand, type OperandType, typeNames } from './operand.ts'
import { warnComparison } from './pitfalls.ts'
import type { Sides } from './sides.ts'
import type { RqlBetween, RqlCompare, RqlCondition, RqlOperator, RqlValue } from './syntax.ts'

/** Reports what is wrong with a condition and with all in it. */
export function checkCondition(check: Checking, condition: RqlCondition): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const part of condition.parts) checkCondition(check, part)
      return
    case 'not':
      checkCondition(check, condition.of)
      return
    case 'always':
      return
    case 'compare':
      checkCompare(check, condition)
      return
    case 'between':
      checkBetween(check, condition)
      return
    case 'geo-within':
      checkGeoWithin(check, condition)
  }
}

const stringOperators = new Set<RqlOperator>(['BEGINSWITH', 'ENDSWITH', 'CONTAINS', 'LIKE', 'TEXT'])

function checkCompare(check: Checking, compare: RqlCompare): void {
  const { left, right, operator, at } = compare
  if (isConstant(left) && isConstant(right)) {
    operandOf(check, left, undefined)
    operandOf(check, right, undefined)
    reject(check, 'type', at, 'Cannot compare two constants')
    return
  }
  const before = check.problems.length
  const [leftOperand, rightOperand] = operandsOf(check, left, right)
  if (check.problems.length > before) return
  const sides = { ...compare, leftOperand, rightOperand }
  if (leftOperand && rightOperand && checkPair(check, sides, leftOperand, rightOperand)) {
    if (stringOperators.has(operator)) checkStringOperator(check, sides, leftOperand, rightOperand)
    else if (operator === '==' || operator === '!=' || operator === 'IN')
      checkEquality(check, sides, leftOperand, rightOperand)
    else checkRelation(check, sides, leftOperand, rightOperand)
  } else if (operator === 'IN' && rightOperand) checkIn(check, sides, rightOperand)
  if (check.problems.length === before) warnComparison(check, sides)
}

/** What holds for every operator; false where it is broken. */
function checkPair(check: Checking, { at, left, right }: Sides, first: Operand, second: Operand): boolean {
  const text = ({ at: part }: typeof left) => check.text.slice(part.start, part.end)
  if (first.shape === 'collection' && second.shape === 'collection') {
    const message = `Ordered comparison between two primitive lists is not implemented yet ('${text(left)}' and '${text(right)}')`
    reject(check, 'type', at, message)
    return false
  }
  const types = [first, second].filter(({ type }) => type === 'typeName')
  const constants = types.filter(
    ({ shape }) => shape === 'typeConstant' || shape === 'constant' || shape === 'constants',
  )
  if (constants.length === 2) {
    reject(
      check,
      'type',
      at,
      `Comparison between two constants is not supported ('${text(left)}' and '${text(right)}')`,
    )
    return false
  }
  const isNull = ({ shape, text: written }: Operand) => shape.startsWith('constant') && written === 'null'
  const link = [first, second].find(({ shape, multiple }) => shape === 'link' && multiple)
  if (link && (isNull(first) || isNull(second))) {
    reject(check, 'type', at, `Cannot compare linklist ('${text(link === first ? left : right)}') with NULL`)
    return false
  }
  return true
}

function checkEquality(check: Checking, sides: Sides, first: Operand, second: Operand): void {
  const { at, ignoreCase } = sides
  if (isWrongObject(check, sides, first, second) || isWrongObject(check, sides, second, first)) return
  if (isOriginOfOne(sides, first, second)) {
    const message = `Linking objects can not be compared with one object by ${sides.operator}: write $0 IN ${check.text.slice(sides.left.at.start, sides.left.at.end)}`
    reject(check, 'type', at, message)
    return
  }
  const isNull = first.type === 'null' || second.type === 'null'
  const isLinkPair = isLinkAndObject(first, second) || isLinkAndObject(second, first)
  if (!isNull && !isLinkPair && !checkTypes(check, sides, first, second)) return
  if ((first.type === 'typeName' || second.type === 'typeName') && first.type !== second.type) {
    const message = `Unsupported comparison between @type and raw value: '${typeNames[first.type]}' and '${typeNames[second.type]}'`
    reject(check, 'type', at, message)
    return
  }
  if (sides.operator === 'IN' && !checkIn(check, sides, second)) return
  const isRejected = (core: 13 | 14) => !ignoresCase(sides, first, second, core)
  if (ignoreCase && rejected(check, { core13: isRejected(13), core14: isRejected(14) })) {
    reject(
      check,
      'type',
      ignoreCase,
      `[c] needs a string on the right side, not a value of type '${typeNames[second.type]}'`,
    )
  }
}

const isLinkAndObject = (link: Operand, object: Operand): boolean =>
  link.shape === 'link' && (object.type === 'typedLink' || object.type === 'link')

/** Core 13 says `Could not build query` to it, core 14 stops the app. */
const isOriginOfOne = ({ operator }: Sides, first: Operand, second: Operand): boolean =>
  first.isBacklink === true &&
  !first.overLinks &&
  (first.quantifier ?? 'ANY') === 'ANY' &&
  operator !== 'IN' &&
  second.shape === 'constant' &&
  (second.type === 'typedLink' || second.type === 'link')

/** An object of another class than the link leads to. */
function isWrongObject(check: Checking, { right, left }: Sides, link: Operand, object: Operand): boolean {
  if (link.shape !== 'link' || object.shape !== 'constant' || object.type !== 'typedLink') return false
  if (!object.target || !link.target || object.target === link.target) return false
  const [linkAt, objectAt] = left.kind === 'property' ? [left.at, right.at] : [right.at, left.at]
  const written = check.text.slice(linkAt.start, linkAt.end)
  const message = `The relationship '${written}' which links to type '${link.target}' cannot be compared to an argument of type '${object.target}'`
  reject(check, 'type', objectAt, message)
  return true
}

function checkIn(check: Checking, { right }: Sides, second: Operand): boolean {
  if (second.multiple !== false) return true
  const found = check.text.slice(right.at.start, right.at.end)
  const mend = second.shape === 'constant' ? { at: right.at, text: `{${found}}` } : undefined
  reject(check, 'type', right.at, `The keypath following 'IN' must contain a list. Found '${found}'`, mend)
  return false
}

/** Whether Realm lets `[c]` pass: it looks at the type only where it has no short cut. */
function ignoresCase({ operator }: Sides, first: Operand, second: Operand, core: 13 | 14): boolean {
  if (['string', 'data', 'mixed'].includes(second.type)) return true
  const isNear = !first.overLinks && (core === 13 || !first.hasPath)
  if (first.shape === 'link') {
    const isAny = operator !== 'IN' && (first.quantifier ?? 'ANY') === 'ANY'
    const isObject = second.shape === 'constant' && (core === 14 || second.type !== 'null')
    return isNear && isAny && isObject
  }
  return (
    first.shape === 'column' &&
    isNear &&
    second.shape === 'constant' &&
    (first.type === second.type || first.type === 'mixed')
  )
}

function checkTypes(check: Checking, { at, left, right }: Sides, first: Operand, second: Operand): boolean {
  const core13 = !areComparable(first.type, second.type, 13)
  const core14 = !areComparable(first.type, second.type, 14)
  if (!rejected(check, { core13, core14 })) return true
  const message = `Unsupported comparison between type '${typeNames[first.type]}' and type '${typeNames[second.type]}'`
  const mend = literalMend(right, first.type) ?? literalMend(left, second.type)
  reject(check, 'type', at, `${message}${advice(first.type, second.type)}`, mend)
  return false
}

/** What to write instead, for the pairs that people mix up. */
function advice(first: OperandType, second: OperandType): string {
  const pair = new Set([first, second])
  if (pair.has('date') && pair.has('string')) return ': give a Date as $0, or write 2020-01-31@00:00:00'
  if (pair.has('date')) return ': give a Date as $0'
  if (pair.has('bool') && pair.has('int')) return ': a boolean is true or false'
  if (pair.has('bool') && pair.has('string')) return ': true and false stand without quotes'
  if (pair.has('objectId')) return ': give an ObjectId as $0, or write oid(…)'
  if (pair.has('uuid')) return ': give a UUID as $0, or write uuid(…)'
  return ''
}

function checkRelation(check: Checking, sides: Sides, first: Operand, second: Operand): void {
  const { operator, operatorAt } = sides
  if (first.type === 'link' || first.type === 'typeName') {
    const message = `Unsupported operator ${operator} in query. Only equal (==) and not equal (!=) are supported for this type.`
    reject(check, 'type', operatorAt, message)
    return
  }
  const isNull = ({ type, shape, text, isMaybeNull }: Operand) =>
    type === 'null' || isMaybeNull || (shape === 'constant' && text === 'null')
  if (!isNull(first) && !isNull(second)) checkTypes(check, sides, first, second)
}

function checkStringOperator(
  check: Checking,
  { operator, operatorAt, right, left }: Sides,
  first: Operand,
  second: Operand,
): void {
  if (!['string', 'data', 'mixed'].includes(second.type)) {
    const name = typeNames[second.type]
    const message = `Unsupported comparison operator '${operator.toLowerCase()}' against type '${name}', right side must be a string or binary type`
    reject(check, 'type', right.at, message)
    return
  }
  if (operator !== 'TEXT') return
  const { property } = first
  const isText = first.shape === 'column' && first.type === 'string' && property
  if (isText && !property.isFullText) reject(check, 'type', left.at, `Column has no fulltext index: '${property.name}'`)
  if (!isText && first.shape !== 'collection')
    reject(check, 'type', operatorAt, 'TEXT searches a string with a full-text index')
}

function checkBetween(check: Checking, { value, limits, at, operatorAt }: RqlBetween): void {
  const before = check.problems.length
  if (limits.elements.length !== 2) {
    reject(check, 'type', limits.at, `Operator 'BETWEEN' requires list with 2 elements.`)
  }
  if (isConstant(value)) {
    reject(check, 'type', at, 'Cannot compare two constants')
    return
  }
  const operand = operandOf(check, value, undefined)
  const hint = operand?.type
  const isList = operand?.shape === 'collection'
  if (isList && operand.quantifier !== 'ALL') {
    reject(check, 'type', value.at, `Only 'ALL' supported for operator 'BETWEEN' when applied to lists.`)
  }
  const ends = limits.elements.map(element => ({ element, operand: operandOf(check, element, hint) }))
  if (!operand || check.problems.length > before) return
  for (const { element: right, operand: end } of ends) {
    if (!end) continue
    const sides = { at, left: value, right, operatorAt, ignoreCase: undefined, leftOperand: operand, rightOperand: end }
    checkRelation(check, { ...sides, operator: '>=' }, operand, end)
    if (check.problems.length === before) checkLimit(check, right, operand, end)
  }
}

/** Core 14 takes the limits of a plain integer or date for such without a look, and stops the app when they are not. */
function checkLimit(check: Checking, { at }: RqlValue, operand: Operand, end: Operand): void {
  const isPlain =
    operand.shape === 'column' && !operand.overLinks && (operand.type === 'int' || operand.type === 'date')
  if (!isPlain || end.shape !== 'constant' || end.type === operand.type || check.world.core === 13) return
  const message = `BETWEEN on a property of type '${typeNames[operand.type]}' stops the app when a limit is none: write >= and <=`
  if (check.world.core === 14) reject(check, 'type', at, message)
  else warn(check, at, message)
}
