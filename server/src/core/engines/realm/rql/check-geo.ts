// Checks geoWithin: a link to a class with coordinates on the left, a shape on the right.
import { propertyOperand } from './check-property.ts'
import { countArgument } from './check-value.ts'
import { type Checking, reject } from './checking.ts'
import { typeNames } from './operand.ts'
import type { RqlArgument, RqlGeoWithin } from './syntax.ts'
import type { RqlClass } from './world.ts'

/** Reports what is wrong with a condition on places. */
export function checkGeoWithin(check: Checking, { value, shape }: RqlGeoWithin): void {
  if (shape && countArgument(check, shape)) checkShape(check, shape)
  const operand = propertyOperand(check, value)
  if (!operand) return
  if (operand.shape !== 'link') {
    const message = `The left hand side of 'geoWithin' must be a link to geoJSON formatted data. But the provided type is '${typeNames[operand.type]}'`
    reject(check, 'type', value.at, message)
    return
  }
  const target = check.world.classOf(operand.target!)
  if (!target?.complete || holdsPlaces(target)) return
  const message = `'${target.name}' is in the wrong format for a geoWithin query: it needs a string 'type' and a list 'coordinates' of doubles`
  reject(check, 'type', value.at, message)
}

function holdsPlaces({ properties }: RqlClass): boolean {
  const persisted = (wanted: string) => properties.find(({ name, mappedTo }) => (mappedTo ?? name) === wanted)
  const [type, coordinates] = [persisted('type'), persisted('coordinates')]
  const isOpen = type?.type === 'unknown' || coordinates?.type === 'unknown'
  const isString = type?.type === 'string' && !type.collection
  return isOpen || (isString && coordinates?.type === 'double' && coordinates.collection === 'list')
}

function checkShape(check: Checking, { index, at }: RqlArgument): void {
  const given = check.given.values?.[index]
  // Core takes shapes as text, too.
  const isText = given?.type === 'string' && (given.value === undefined || /^\s*geo/i.test(given.value))
  if (!given || isText) return
  const message = `The right hand side of 'geoWithin' must be a geospatial constant value. But the provided type is '${given.type}'`
  reject(check, 'type', at, message)
}
