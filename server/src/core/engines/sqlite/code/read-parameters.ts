// What a call binds to the parameters of its SQL.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { Method, Parameters } from '../types.ts'

/** The parameters that a call gives behind its first `from` arguments. */
export function readParameters(
  scope: Scope,
  { value, file }: Located<CallValue>,
  binds: Method['binds'],
  from: number,
): Parameters {
  const at = { file, span: value.argsAt }
  const [first, ...others] = value.args.slice(from)
  if (binds === 'tag') return ofTag({ value, file })
  if (!first) return { kind: 'none', at }
  if (first.kind === 'spread') return { kind: 'unknown', at }
  const located = { value: first, file }
  if (binds === 'list') return ofList(scope, located)
  if (others.length === 0) return ofSingle(scope, located)
  const items = [first, ...others].map(item => ({ value: item, file }))
  const last = others.at(-1)!
  if (items.some(item => item.value.kind === 'spread')) return { kind: 'unknown', at }
  return {
    kind: 'list',
    items,
    isVariadic: true,
    at: { file, span: first.at.end <= last.at.end ? spanOver(first, last) : first.at },
  }
}

const spanOver = (first: Value, last: Value) => ({
  get start() {
    return first.at.start
  },
  get end() {
    return last.at.end
  },
})

/** The parameters in a list: `[1, 'a']`, or the name of one. */
export function ofList(scope: Scope, located: Located): Parameters {
  const at = placeOf(located)
  const found = scope.follow(located)
  if (found.value.kind === 'undefined' || found.value.kind === 'null') return { kind: 'none', at }
  // Lists that code adds to are known by no literal.
  const isWritten = located.value.kind === 'array'
  const list = scope.items(located)
  if (!list?.complete || !isWritten) return { kind: 'unknown', at, given: located }
  return { kind: 'list', items: list.items, isVariadic: false, at }
}

/** One argument of expo-sqlite: a list, an object, or one value. */
export function ofSingle(scope: Scope, located: Located): Parameters {
  const at = placeOf(located)
  const { value } = located
  if (value.kind === 'array') return ofList(scope, located)
  if (value.kind === 'object') {
    const shape = scope.shape(located)
    return shape?.complete ? { kind: 'object', entries: shape.entries, at } : { kind: 'unknown', at, given: located }
  }
  const found = scope.follow(located)
  const isPlain = ['string', 'number', 'boolean', 'null', 'template'].includes(found.value.kind)
  return isPlain ? { kind: 'list', items: [located], isVariadic: true, at } : { kind: 'unknown', at, given: located }
}

/** The values of a tagged template are bound in their order. */
function ofTag({ value, file }: Located<CallValue>): Parameters {
  const [text] = value.args
  const at = { file, span: value.argsAt }
  if (text?.kind !== 'template') return { kind: 'none', at }
  return { kind: 'list', items: text.values.map(item => ({ value: item, file })), isVariadic: false, at }
}
