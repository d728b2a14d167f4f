// Finds out what a key path of a query gives.
import type { Span } from '../../../text/span.ts'
import { type Checking, reject, rejected, warn, written } from './checking.ts'
import { computed, type Operand, type OperandType, typeNames } from './operand.ts'
import { type Followed, followPath, type Hop, resolveName } from './resolve-path.ts'
import type { RqlAggregate, RqlPathElement, RqlPropertyValue, RqlQuantified } from './syntax.ts'
import type { RqlProperty } from './world.ts'

/** The operand that a key path is. Undefined where something is unknown, or wrong and reported. */
export function propertyOperand(check: Checking, value: RqlPropertyValue): Operand | undefined {
  const { elements } = value.path
  const newer = elements.find((element, i) => element.kind === 'index' && isNewIndex(element, elements[i - 1]))
  if ((newer || value.post?.text.startsWith('[')) && check.world.core === 13) {
    return reject(check, 'syntax', (newer ?? value.post!).at, 'This needs a newer version of realm')
  }
  const last = elements.at(-1)!
  const isDropped = last.kind === 'name' && (last.name === '@keys' || last.name === '@values')
  if (isDropped && elements.length > 1 && check.world.core === 13) {
    const shorter = propertyOperand(check, { ...value, path: { ...value.path, elements: elements.slice(0, -1) } })
    const isKeys =
      shorter?.property?.collection === 'dictionary' && last.name === '@keys' && !value.post && !value.aggregate
    return isKeys ? { ...computed('string', true), overLinks: shorter.overLinks } : shorter
  }
  if (last.kind === 'name' && last.name === '@links') {
    followPath(check, elements.slice(0, -1))
    return value.aggregate ? undefined : computed('int')
  }
  const followed = followPath(check, elements)
  const operand =
    followed &&
    (followed.rest === elements.length ? linkOperand(check, value, followed) : columnOperand(check, value, followed))
  if (!operand) return undefined
  if (value.aggregate) return aggregateOperand(check, value, value.aggregate, operand)
  return value.post ? postOperand(check, value, operand) : operand
}

const isNewIndex = ({ of }: Extract<RqlPathElement, { kind: 'index' }>, before: RqlPathElement | undefined): boolean =>
  before?.kind !== 'name' ||
  of.type === 'first' ||
  of.type === 'last' ||
  of.type === 'all' ||
  of.type === 'path-argument'

/** True when a path over these steps can give several values; undefined where an index may pick one. */
function isMultiple(hops: readonly Hop[]): boolean | undefined {
  const wide = hops.filter(({ over }) => over !== 'link')
  return wide.some(({ indexed }) => indexed) ? undefined : wide.length > 0
}

/** A path that ends in an object or objects. */
function linkOperand(
  check: Checking,
  { path, quantifier, post, aggregate }: RqlPropertyValue,
  { hops, className }: Followed,
): Operand | undefined {
  const last = hops.at(-1)
  // A bare variable of a SUBQUERY makes Realm read beyond the end of the path.
  if (!last) return undefined
  const isIgnored = check.world.core === 13 && last.over === 'list'
  if ((last.indexed && !isIgnored) || last.over === 'dictionary') {
    const isElement = last.indexed && last.over === 'list'
    if (isElement && rejected(check, { core13: false, core14: true })) {
      return reject(
        check,
        'type',
        path.at,
        `'${written(check, path.at)}' is an object of a list: only its properties can be compared`,
      )
    }
    return undefined
  }
  const { core } = check.world
  const hasList = hops.some(({ over }) => over === 'list' || over === 'backlink')
  if (quantifier && last.over === 'link' && !hasList && core === 13) return rejectQuantifier(check, quantifier)
  if (quantifier && last.over === 'link' && !hasList && !post && !aggregate) {
    warn(check, quantifier.at, `${quantifier.word} has no effect: '${written(check, path.at)}' is one object`)
  }
  return {
    type: 'link',
    shape: 'link',
    multiple: isMultiple(hops),
    overLinks: hops.length > 1,
    target: className,
    isBacklink: last.over === 'backlink',
    ...(last.property ? { property: last.property } : {}),
    ...(quantifier ? { quantifier: quantifier.word } : {}),
  }
}

/** A path that ends in a value or in values. */
function columnOperand(
  check: Checking,
  value: RqlPropertyValue,
  { hops, className, rest }: Followed,
): Operand | undefined {
  const { elements } = value.path
  const element = elements[rest]!
  if (element.kind === 'index') {
    // Core 13 heeds no index but in dictionaries.
    if (check.world.core === 13 && rest === elements.length - 1) {
      return linkOperand(check, value, { hops, className, rest: elements.length })
    }
    if (!rejected(check, { core13: rest < elements.length - 1, core14: true })) return undefined
    return reject(check, 'type', element.at, `${written(check, element.at)} not expected`)
  }
  // Core 13 drops these two wherever they stand last.
  const isDropped = (element.name === '@keys' || element.name === '@values') && rest === elements.length - 1
  if (isDropped && !rejected(check, { core13: false, core14: true })) return undefined
  const property = resolveName(check, className, element)
  if (!property || property.type === 'unknown' || property.type === 'object' || property.type === 'linkingObjects')
    return undefined
  const behind = elements.slice(rest + 1)
  const { quantifier } = value
  if (hops.some(({ indexed }) => indexed) && check.world.core === 13) {
    return reject(check, 'type', value.path.at, 'Index not supported')
  }
  if (quantifier && !property.collection) {
    const core14 = behind.length === 0 && !hops.some(({ over }) => over !== 'link')
    const core13 = !hops.some(({ over, property: via }) => over === 'backlink' || (over === 'list' && via))
    if (rejected(check, { core13, core14 })) return rejectQuantifier(check, quantifier)
  }
  const operand: Operand = {
    type: property.collection === 'dictionary' ? 'mixed' : property.type,
    shape: property.collection ? 'collection' : 'column',
    multiple: property.collection ? true : isMultiple(hops),
    overLinks: hops.length > 0,
    property,
    ...(quantifier ? { quantifier: quantifier.word } : {}),
  }
  return behind.length === 0 ? operand : elementOperand(check, value, operand, property, behind, className)
}

function rejectQuantifier(check: Checking, { at, word }: RqlQuantified): undefined {
  return reject(check, 'type', at, `The keypath following '${word}' must contain a list`)
}

/** What stands behind the property: indexes, keys, `length`. */
function elementOperand(
  check: Checking,
  value: RqlPropertyValue,
  operand: Operand,
  property: RqlProperty,
  behind: readonly RqlPathElement[],
  className: string,
): Operand | undefined {
  const first = behind[0]!
  const { collection } = property
  const isMixed = operand.type === 'mixed'
  const last = behind.at(-1)!
  const isKeysOrValues =
    behind.length === 1 && last.kind === 'name' && (last.name === '@keys' || last.name === '@values')
  if (first.kind === 'index' && (first.of.type === 'argument' || first.of.type === 'path-argument')) return undefined
  if (collection === 'dictionary' && isKeysOrValues) {
    return last.kind === 'name' && last.name === '@keys'
      ? { ...computed('string', true), overLinks: operand.overLinks }
      : operand
  }
  const isLength = !value.post && !value.aggregate && last.kind === 'name' && /^length$/i.test(last.name)
  const hasLength = collection && collection !== 'dictionary' && ['string', 'data', 'mixed'].includes(property.type)
  if (isLength && behind.length === 1 && hasLength) {
    warnLength(check, last.at)
    return computed('int', true)
  }
  const isName = first.kind === 'name'
  const isNumber = !isName && first.of.type !== 'string'
  const isAll = !isName && first.of.type === 'all'
  const takes14 =
    (behind.length === 1 || isMixed) &&
    (collection === undefined
      ? isMixed
      : collection === 'dictionary'
        ? !isNumber || isAll
        : collection === 'list' && isNumber)
  // Core 13 reads one index, and heeds it only in dictionaries; a name it reads as a property.
  const takes13 = !isName && behind.length === 1 && !(collection === 'dictionary' && isNumber)
  const isIgnored13 = isKeysOrValues
  if (rejected(check, { core13: !takes13 && !isIgnored13, core14: !takes14 })) {
    const end = `${className}.${property.name}`
    const message = isName
      ? `Property '${end}' has no property '${first.name}'`
      : `Property '${end}' does not support index ${written(check, first.at)}`
    const count =
      isLength && property.type === 'string' && behind.length === 1 ? { at: last.at, text: '@count' } : undefined
    return reject(check, isName ? 'unknown-property' : 'type', first.at, message, count)
  }
  return { ...operand, hasPath: true }
}

function warnLength(check: Checking, at: Span): void {
  warn(check, at, `'${written(check, at)}' is the length of each element: the number of elements is @count`, {
    at,
    text: '@count',
  })
}

function postOperand(check: Checking, { post }: RqlPropertyValue, operand: Operand): Operand | undefined {
  const { operation, at, text } = post!
  const { shape, type } = operand
  const isColumn = shape === 'column'
  if (operation === 'size') {
    const isSized = shape === 'link' || shape === 'collection' || (isColumn && (type === 'string' || type === 'data'))
    const isMixed = isColumn && type === 'mixed'
    if (isSized || !rejected(check, { core13: true, core14: !isMixed })) return computed('int')
  } else {
    if (type === 'mixed' && (isColumn || shape === 'collection')) return computed('typeName', operand.multiple)
    if (isColumn || shape === 'link') return { ...constantOfType, overLinks: operand.overLinks }
  }
  return reject(check, 'type', at, `Operation '${text}' is not supported on property of type '${typeNames[type]}'`)
}

const constantOfType: Operand = { type: 'typeName', shape: 'typeConstant', multiple: false, overLinks: false }

function aggregateOperand(
  check: Checking,
  value: RqlPropertyValue,
  aggregate: RqlAggregate,
  operand: Operand,
): Operand | undefined {
  const { operation, at, of } = aggregate
  const cannot = `Cannot use aggregate '.${operation}' for this type of property`
  if (!of) {
    // Whatever is worked out of a collection, Realm takes for a value of its elements' type.
    const elements = operand.property?.type as OperandType | undefined
    if (operand.shape === 'collection' && isAddable(operand.type)) return computed(elements ?? operand.type)
    return reject(check, 'type', at, cannot)
  }
  if (operand.shape !== 'link') {
    const message = `Operation '.${operation}' cannot apply to property '${written(check, value.path.at)}' because it is not a list`
    return reject(check, 'type', at, message)
  }
  const one = check.world.classOf(operand.target!)
  if (!one) return undefined
  const property = resolveName(check, one.name, of)
  if (!property || property.type === 'unknown') return undefined
  const { type } = property
  if (type === 'object' || type === 'linkingObjects' || !(isAddable(type) || type === 'date')) {
    const name = type === 'object' || type === 'linkingObjects' ? 'link' : typeNames[type]
    return reject(check, 'type', of.at, `collection aggregate not supported for type '${name}'`)
  }
  if (type === 'mixed' && rejected(check, { core13: true, core14: false })) {
    return reject(check, 'type', of.at, `collection aggregate not supported for type 'mixed'`)
  }
  if (type === 'date' && (operation === '@sum' || operation === '@avg')) return reject(check, 'type', at, cannot)
  return aggregated(operation, type)
}

const isAddable = (type: OperandType): boolean => ['int', 'float', 'double', 'decimal128', 'mixed'].includes(type)

function aggregated(operation: RqlAggregate['operation'], type: OperandType): Operand {
  if (operation === '@max' || operation === '@min') return computed(type)
  if (type === 'mixed') return computed('decimal128')
  if (operation === '@avg') return computed(type === 'decimal128' ? 'decimal128' : 'double')
  return computed(type === 'float' ? 'double' : type)
}
