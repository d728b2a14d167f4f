// Writes the expression that turns a value of the old realm into one that the new property takes.
import type { PropertyShape, ValueType } from '../types.ts'
import { copiedParts } from './embedded-parts.ts'
import type { SchemaClass, SchemaProperty } from './schema-class.ts'

/** What the expressions may refer to. */
export interface CopyWorld {
  /** The names of the two realms where the expressions stand. */
  readonly oldRealm: string
  readonly newRealm: string
  before(className: string): SchemaClass | undefined
  now(className: string): SchemaClass | undefined
  /** Present names of released classes that go by another one now. */
  readonly renamed: ReadonlyMap<string, string>
  /** The default of a present property, as source text. */
  defaultOf(className: string, property: SchemaProperty): string | undefined
  quote(text: string): string
}

/** The two ends of a copy. `zero` is what a required property gets instead of null. */
export interface CopyEnds {
  readonly from: PropertyShape
  readonly to: PropertyShape
  readonly zero?: string | undefined
}

/** Embedded objects that hold embedded ones deeper than this are not copied. */
const deepest = 4

/** `row.name`, or `row['…']` where the name needs it. */
export const memberText = (row: string, name: string, quote: (text: string) => string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? `${row}.${name}` : `${row}[${quote(name)}]`

/** What a required property of this type holds when nobody gave it a value; undefined where that cannot be written plainly. */
export function zeroOf({ kind }: PropertyShape): string | undefined {
  switch (kind) {
    case 'int':
    case 'float':
    case 'double':
      return '0'
    case 'bool':
      return 'false'
    case 'string':
      return "''"
    case 'date':
      return 'new Date(0)'
    default:
      return undefined
  }
}

/** Null, nothing, no link: what old rows get and new ones have as well. */
export const isFilledByItself = ({ kind, optional }: PropertyShape): boolean =>
  optional || kind === 'list' || kind === 'set' || kind === 'dictionary' || kind === 'object'

/** The expression; undefined where no plain one keeps the meaning. `value` may be repeated in it. */
export function copyValue(world: CopyWorld, ends: CopyEnds, value: string, depth = 0): string | undefined {
  const { from, to } = ends
  if (depth > deepest || from.kind === 'linkingObjects' || to.kind === 'linkingObjects') return undefined
  if (from.kind === 'dictionary' || to.kind === 'dictionary') return copyDictionary(world, ends, value, depth)
  const isMany = (shape: PropertyShape): boolean => shape.kind === 'list' || shape.kind === 'set'
  if (isMany(from)) {
    if (!isMany(to)) return undefined
    const item = copySingle(world, { from: elementOf(from), to: elementOf(to) }, 'item', depth)
    if (item === undefined) return undefined
    return item === 'item' ? `[...${value}]` : `[...${value}].map(item => ${arrowBody(item)})`
  }
  if (!isMany(to)) return copySingle(world, ends, value, depth)
  const isNullable = from.optional
  // An object in a list is never null.
  const item = copySingle(world, { from: { ...from, optional: false }, to: elementOf(to) }, value, depth)
  if (item === undefined) return undefined
  return isNullable ? `${value} === null ? [] : [${item}]` : `[${item}]`
}

function copyDictionary(world: CopyWorld, { from, to }: CopyEnds, value: string, depth: number): string | undefined {
  if (from.kind !== to.kind) return undefined
  const item = copySingle(world, { from: elementOf(from), to: elementOf(to) }, 'item', depth)
  if (item === undefined) return undefined
  const entries = `Object.entries(${value})`
  return item === 'item'
    ? `Object.fromEntries(${entries})`
    : `Object.fromEntries(${entries}.map(([key, item]) => [key, ${item}]))`
}

/** What a collection holds, as a shape of its own. */
function elementOf({ kind, element, target, optional }: PropertyShape): PropertyShape {
  const isObject = element === 'object'
  return {
    kind: element ?? 'mixed',
    ...(target !== undefined && { target }),
    optional: isObject ? kind === 'dictionary' : optional,
    isCounter: false,
  }
}

/** An object literal as the body of an arrow needs parentheses. */
const arrowBody = (text: string): string => (text.startsWith('{') ? `(${text})` : text)

function copySingle(world: CopyWorld, ends: CopyEnds, value: string, depth: number): string | undefined {
  const { from, to, zero } = ends
  if (from.kind === 'object' || to.kind === 'object') {
    if (from.kind !== to.kind || from.target === undefined || to.target === undefined) return undefined
    const copied = copyObject(world, from.target, to.target, value, depth)
    return copied === undefined || !from.optional ? copied : `${value} && ${copied}`
  }
  const converted = convert(from.kind as ValueType, to.kind as ValueType, to.optional, value)
  if (converted === undefined || !from.optional || from.kind === 'mixed') return converted
  if (to.optional) return converted === value ? value : `${value} === null ? null : ${converted}`
  const instead = zero ?? zeroOf(to)
  if (instead === undefined) return undefined
  return converted === value ? `${value} ?? ${instead}` : `${value} === null ? ${instead} : ${converted}`
}

const isNumeric = (type: ValueType): boolean => type === 'int' || type === 'float' || type === 'double'

/** The expression that turns a value, never null, of one type into the other. */
function convert(from: ValueType, to: ValueType, isOptional: boolean, value: string): string | undefined {
  if (from === to) return value
  if (to === 'mixed') return value
  if (from === 'data' || to === 'data' || from === 'mixed') return undefined
  if (to === 'string') return from === 'date' ? `${value}.toISOString()` : `String(${value})`
  if (to === 'bool') return isNumeric(from) ? `${value} !== 0` : from === 'string' ? `${value} === 'true'` : undefined
  if (to === 'date') {
    if (from === 'int' || from === 'double') return `new Date(${value})`
    if (from !== 'string') return undefined
    return isOptional
      ? `Number.isNaN(Date.parse(${value})) ? null : new Date(${value})`
      : `new Date(Date.parse(${value}) || 0)`
  }
  if (!isNumeric(to)) return undefined
  const isWhole = to === 'int'
  if (isNumeric(from)) return isWhole ? `Math.round(${value})` : value
  if (from === 'bool') return `${value} ? 1 : 0`
  if (from === 'date') return `${value}.getTime()`
  if (from !== 'string' && from !== 'decimal128') return undefined
  const number = from === 'string' ? `Number(${value})` : `Number(String(${value}))`
  const rounded = isWhole ? `Math.round(${number})` : number
  return isOptional ? `Number.isNaN(${number}) ? null : ${rounded}` : `${rounded} || 0`
}

/** Objects of the old realm cannot be given to the new one: embedded ones are written out, others looked up. */
function copyObject(world: CopyWorld, from: string, to: string, value: string, depth: number): string | undefined {
  if ((world.renamed.get(from) ?? from) !== to) return undefined
  const before = world.before(from)
  const now = world.now(to)
  if (!before || !now) return undefined
  if (now.embedded) return copyEmbedded(world, before, now, value, depth + 1)
  return rowInNew(world, before, now, value)
}

/** The row of the new realm that a row of the old one has become. */
export function rowInNew(
  { oldRealm, newRealm, quote }: CopyWorld,
  before: SchemaClass,
  now: SchemaClass,
  value: string,
): string | undefined {
  const [oldKey, newKey] = [before, now].map(one => (one.key === undefined ? undefined : one.properties.get(one.key)))
  const isSteady =
    oldKey && newKey && oldKey.persisted === newKey.persisted && oldKey.shape?.kind === newKey.shape?.kind
  if (isSteady)
    return `${newRealm}.objectForPrimaryKey(${quote(now.name)}, ${memberText(value, oldKey.persisted, quote)})`
  // The same index is the same row, also while its key changes.
  return `${newRealm}.objects(${quote(now.name)})[${oldRealm}.objects(${quote(before.name)}).indexOf(${value})]`
}

function copyEmbedded(
  world: CopyWorld,
  before: SchemaClass,
  now: SchemaClass,
  value: string,
  depth: number,
): string | undefined {
  const parts: string[] = []
  for (const { from, to } of copiedParts(before, now)) {
    if (!to.shape) return undefined
    const zero = world.defaultOf(now.name, to)
    const part = from?.shape
      ? copyValue(
          world,
          { from: from.shape, to: to.shape, zero },
          memberText(value, from.persisted, world.quote),
          depth,
        )
      : (zero ?? (isFilledByItself(to.shape) ? '' : zeroOf(to.shape)))
    if (part === undefined) return undefined
    if (part === '') continue
    const key = /^[A-Za-z_$][\w$]*$/.test(to.name) ? to.name : world.quote(to.name)
    parts.push(`${key}: ${part}`)
  }
  return `{ ${parts.join(', ')} }`
}
