// Finds out what each value of a query is.
import { closest } from '../../../text/similar.ts'
import { checkCondition } from './check-condition.ts'
import { constantOperand } from './check-constant.ts'
import { propertyOperand } from './check-property.ts'
import { type Checking, reject } from './checking.ts'
import { readsAsFloat, readsAsInteger } from './numeric-strings.ts'
import { computed, constantOf, isNumeric, type Operand, type OperandType, typeNames } from './operand.ts'
import { followPath } from './resolve-path.ts'
import type { RqlArgument, RqlList, RqlObject, RqlOperation, RqlSubquery, RqlValue } from './syntax.ts'

/**
 * The operand that a value is. `hint` is the type that a constant is compared with; undefined where that is not known.
 * Undefined where something is unknown, or wrong and reported.
 */
export function operandOf(check: Checking, value: RqlValue, hint: OperandType | undefined): Operand | undefined {
  switch (value.kind) {
    case 'constant':
      return constantOperand(check, value, hint)
    case 'argument':
      return argumentOperand(check, value, hint)
    case 'object':
      return objectOperand(check, value, hint)
    case 'list':
      return listOperand(check, value, hint)
    case 'property':
      return propertyOperand(check, value)
    case 'subquery':
      return subqueryOperand(check, value)
    case 'operation':
      return operationOperand(check, value, hint)
  }
}

/** True for what is the same for every object. */
export function isConstant(value: RqlValue): boolean {
  if (value.kind === 'operation') return isConstant(value.left) && isConstant(value.right)
  return value.kind === 'constant' || value.kind === 'argument' || value.kind === 'object' || value.kind === 'list'
}

/** The operands of two values, each constant one seen as the other one's type. */
export function operandsOf(
  check: Checking,
  left: RqlValue,
  right: RqlValue,
): readonly [Operand | undefined, Operand | undefined] {
  if (isConstant(right)) {
    const first = operandOf(check, left, undefined)
    return [first, operandOf(check, right, first?.type)]
  }
  const second = operandOf(check, right, undefined)
  return [operandOf(check, left, isConstant(left) ? second?.type : undefined), second]
}

function objectOperand(
  check: Checking,
  { className, classAt, key }: RqlObject,
  hint: OperandType | undefined,
): Operand | undefined {
  if (key.kind === 'argument') countArgument(check, key)
  // Core 13 reads the key as if it were the value itself.
  else if (check.world.core === 13) constantOperand(check, key, hint)
  const { world } = check
  const one = world.classOf(className)
  if (one) check.mentions.push({ at: classAt, className })
  if (one || !world.complete)
    return { ...constantOf('typedLink'), isMaybeNull: true, ...(one ? { target: className } : {}) }
  const meant = closest(className, world.classNames)
  const message = `Unknown object type '${className}'`
  if (!meant) return reject(check, 'unknown-class', classAt, message)
  return reject(check, 'unknown-class', classAt, `${message}: did you mean '${meant}'?`, { at: classAt, text: meant })
}

/** Reports an argument that is not given; false then. */
export function countArgument(check: Checking, { at, index }: Pick<RqlArgument, 'at' | 'index'>): boolean {
  const { count } = check.given
  if (count === undefined || index < count) return true
  const provided =
    count === 0 ? 'no arguments are provided' : `only ${count} argument${count === 1 ? ' is' : 's are'} provided`
  reject(check, 'argument-count', at, `Request for argument at index ${index} but ${provided}`)
  return false
}

function argumentOperand(check: Checking, argument: RqlArgument, hint: OperandType | undefined): Operand | undefined {
  if (!countArgument(check, argument)) return undefined
  const given = check.given.values?.[argument.index]
  if (!given) return undefined
  const { quantifier, at, index } = argument
  if (quantifier && given.type !== 'list') {
    const message = `ANY/ALL/NONE are only allowed on arguments which contain a list but '$${index}' is not a list.`
    return reject(check, 'type', at, message)
  }
  switch (given.type) {
    case 'list':
      return { type: 'mixed', shape: 'constants', multiple: true, overLinks: false }
    case 'null':
      return {
        ...constantOf(check.world.core !== 13 && (hint === 'string' || hint === 'data') ? hint : 'null'),
        text: 'null',
      }
    case 'number':
      return constantOf(hint === 'int' || hint === 'float' || hint === 'decimal128' ? hint : 'double')
    case 'string': {
      if (hint === undefined || !isNumeric(hint) || hint === 'mixed')
        return hint === 'typeName' && check.world.core !== 13 ? undefined : constantOf('string', given.value)
      // Core 14 makes a number of it where it starts with one.
      const isNumber = given.value === undefined || readsAsFloat(given.value) || readsAsInteger(given.value) !== false
      return isNumber && check.world.core !== 13 ? undefined : constantOf('string', given.value)
    }
    default:
      return constantOf(given.type)
  }
}

function listOperand(check: Checking, { elements, at }: RqlList, hint: OperandType | undefined): Operand | undefined {
  const before = check.problems.length
  const operands = elements.map(element => operandOf(check, element, hint))
  if (check.problems.length > before) return undefined
  if (hint === 'typeName') {
    const stranger = elements.findIndex((_, i) => operands[i] && operands[i].type !== 'typeName')
    if (stranger < 0) return { type: 'typeName', shape: 'constants', multiple: true, overLinks: false }
    return reject(
      check,
      'type',
      elements[stranger]?.at ?? at,
      'Invalid constant inside constant list: types are strings',
    )
  }
  // Of one null alone, Realm sees no list.
  const isNull = operands.length === 1 && operands[0]?.text === 'null' && operands[0].shape === 'constant'
  return { type: 'mixed', shape: 'constants', multiple: true, overLinks: false, ...(isNull ? { text: 'null' } : {}) }
}

function subqueryOperand(check: Checking, { path, variable, where }: RqlSubquery): Operand | undefined {
  if (!variable.name.startsWith('$') || variable.name.length < 2) {
    const message = `The subquery variable '${variable.name}' is invalid. The variable must start with '$' and cannot be empty; for example '$x'.`
    return reject(check, 'type', variable.at, message)
  }
  const followed = followPath(check, path.elements)
  const last = followed?.hops.at(-1)
  if (!followed || !last) {
    if (followed && followed.rest < path.elements.length)
      rejectCollection(check, path.elements[followed.rest]!, followed.className)
    return undefined
  }
  if (followed.rest < path.elements.length) {
    rejectCollection(check, path.elements[followed.rest]!, followed.className)
    return undefined
  }
  if (last.over !== 'list' && last.over !== 'backlink') {
    const name = last.property?.name ?? ''
    return reject(check, 'type', path.at, `A subquery must operate on a list property, but '${name}' is type 'link'`)
  }
  const { className } = followed
  if (check.variables.some(known => known.name === variable.name && known.className === className)) {
    const message = `Unable to create a subquery expression with variable '${variable.name}' since an identical variable already exists in this context`
    return reject(check, 'type', variable.at, message)
  }
  const inner = { ...check, className, variables: [...check.variables, { name: variable.name, className }] }
  if (where) checkCondition(inner, where)
  return computed('int')
}

function rejectCollection(check: Checking, element: RqlSubquery['path']['elements'][number], className: string): void {
  if (element.kind !== 'name') return
  const one = check.world.classOf(className)
  const property = one?.properties.find(({ name, mappedTo }) => name === element.name || mappedTo === element.name)
  if (!one || (!property && !one.complete) || property?.type === 'unknown') return
  if (!property) {
    const meant = closest(
      element.name,
      one.properties.map(({ name }) => name),
    )
    const message = `'${one.name}' has no property '${element.name}'${meant ? `: did you mean '${meant}'?` : ''}`
    reject(check, 'unknown-property', element.at, message, meant ? { at: element.at, text: meant } : undefined)
    return
  }
  if (property.type === 'object' || property.type === 'linkingObjects') return
  const message =
    property.collection === 'list'
      ? `A subquery can not operate on a list of primitive values (property '${property.name}')`
      : `A subquery must operate on a list property, but '${property.name}' is type '${typeNames[property.type]}'`
  reject(check, 'type', element.at, message)
}

function operationOperand(check: Checking, value: RqlOperation, hint: OperandType | undefined): Operand | undefined {
  const { left, right, operator, at } = value
  const isPlain = left.kind !== 'list' && right.kind !== 'list'
  if (isConstant(left) && isConstant(right) && isPlain) {
    const parts = [operandOf(check, right, hint), operandOf(check, left, hint)]
    // What is no number gives null, which is compared with something else than it looks like.
    return parts.every(part => part && isNumeric(part.type)) ? constantOf('mixed') : undefined
  }
  const [first, second] = operandsOf(check, left, right)
  if (!first || !second) return undefined
  if (!isNumeric(first.type) || !isNumeric(second.type)) {
    const text = (part: RqlValue) => check.text.slice(part.at.start, part.at.end)
    return reject(check, 'type', at, `Cannot perform '${operator}' operation on '${text(left)}' and '${text(right)}'`)
  }
  if (first.multiple && second.multiple)
    return reject(check, 'type', at, 'Operations involving two lists are not supported')
  // Realm takes the type of the left side for the whole, and never sees several values in it.
  return computed(first.type)
}
