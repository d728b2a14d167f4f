// Reads the list of classes that a configuration gives as its `schema`.
import type { Located, Scope } from '../../../catalog/scope.ts'
import { type CallValue, type Value, walkValue } from '../../../source/value.ts'

/** The elements of a schema list. */
export interface SchemaElements {
  /** Elements as written where they stand, those of lists within it included. */
  readonly elements: readonly Located[]
  /** What could not be taken apart: a spread of something unknown, a call. */
  readonly unread: readonly Located[]
  /** False when there may be more elements than these. */
  readonly complete: boolean
}

/** Lists within lists deeper than this are taken for cycles. */
const deepest = 12

/** Reads `[A, B, ...others]`, a constant that is one, `Object.values(map)`, `a.concat(b)`, `models.map(m => m.schema)`. */
export function readSchemaList(scope: Scope, value: Located, depth = 0): SchemaElements {
  const list = scope.follow(value)
  if (depth > deepest) return { elements: [], unread: [value], complete: false }
  if (list.value.kind === 'array') return readItems(scope, list.value.items, list.file, depth)
  if (list.value.kind === 'call') {
    const called = readCall(scope, list.value, list.file, depth)
    if (called) return called
  }
  const items = scope.items(list)
  if (items) return { elements: items.items, unread: items.complete ? [] : [value], complete: items.complete }
  return { elements: [], unread: [value], complete: false }
}

/** Lists are long and read again at every edit in one of their elements, so this makes no more than it must. */
function readItems(scope: Scope, items: readonly Value[], file: string, depth: number): SchemaElements {
  let elements: Located[] = []
  const unread: Located[] = []
  let complete = true
  for (const item of items) {
    if (item.kind !== 'spread') {
      elements.push({ value: item, file })
      continue
    }
    const part = readSchemaList(scope, { value: item.value, file }, depth + 1)
    elements = elements.concat(part.elements)
    unread.push(...part.unread)
    complete &&= part.complete
  }
  return { elements, unread, complete }
}

const joined = (parts: readonly SchemaElements[]): SchemaElements => ({
  elements: parts.flatMap(part => part.elements),
  unread: parts.flatMap(part => part.unread),
  complete: parts.every(part => part.complete),
})

function readCall(scope: Scope, call: CallValue, file: string, depth: number): SchemaElements | undefined {
  const { callee, args } = call
  if (callee.kind !== 'member') return undefined
  const of: Located = { value: callee.of, file }
  if (callee.name === 'concat')
    return joined([of, ...args.map(value => ({ value, file }))].map(one => readSchemaList(scope, one, depth + 1)))
  const isCopy = callee.name === 'slice' && args.length === 0
  if (isCopy) return readSchemaList(scope, of, depth + 1)
  const [mapper] = args
  if (callee.name !== 'map' || !mapper) return undefined
  return readMapped(scope, readSchemaList(scope, of, depth + 1), { value: mapper, file })
}

/** `.map(model => model.schema)`: each element's `schema`. Anything else that is done to them is not known. */
function readMapped(scope: Scope, list: SchemaElements, mapper: Located): SchemaElements | undefined {
  const found = scope.follow(mapper)
  if (found.value.kind !== 'function') return undefined
  const fn = scope.usage(found.file)?.functions[found.value.id]
  const [result] = fn?.returns ?? []
  const parameter = fn?.params[0]?.[0]
  if (fn?.returns.length !== 1 || !result || parameter === undefined) return undefined
  if (result.kind === 'name' && result.key === parameter) return list
  const isSchema =
    result.kind === 'member' &&
    result.name === 'schema' &&
    result.of.kind === 'name' &&
    result.of.key === parameter &&
    [...walkValue(result)].length === 2
  if (!isSchema) return undefined
  const { at, nameAt } = result
  return {
    ...list,
    elements: list.elements.map(({ value, file }) => ({
      value: { kind: 'member', of: value, name: 'schema', nameAt, at },
      file,
    })),
  }
}
