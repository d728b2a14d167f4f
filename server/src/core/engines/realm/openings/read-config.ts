// Reads the configuration of a realm: an object, what a function gives back, the props of an element.
import { readEntries } from '../../../catalog/read-entries.ts'
import type { Located, Scope, Shape } from '../../../catalog/scope.ts'
import type { CallValue, Prop } from '../../../source/value.ts'

/** A configuration. */
export interface ConfigRead extends Shape {
  /** The object literal that it is written as, where it is one. */
  readonly object: Located | undefined
}

/** Functions that call one another deeper than this are taken for cycles. */
const deepest = 12

const unknown: ConfigRead = { entries: new Map(), complete: false, object: undefined }

/** Reads what an expression gives as a configuration. */
export function readConfig(scope: Scope, located: Located, depth = 0): ConfigRead {
  const found = scope.follow(located)
  const { value, file } = found
  if (depth > deepest) return unknown
  if (value.kind === 'object') return { ...readProps(scope, value.props, file, depth), object: found }
  const result = value.kind === 'call' ? resultOf(scope, { value, file }) : undefined
  return result ? readConfig(scope, result, depth + 1) : unknown
}

/** Reads `key: value` pairs and spreads, later ones over earlier ones. */
export const readProps = (scope: Scope, props: readonly Prop[], file: string, depth = 0): Shape =>
  readEntries(scope, props, file, spread => readConfig(scope, spread, depth + 1))

/**
 * What a call gives back: the one value that the function returns, even where that holds its parameters, which stay
 * unknown; of `useMemo`, what its function returns.
 */
function resultOf(scope: Scope, call: Located<CallValue>): Located | undefined {
  const { file } = call
  const { callee, args, isNew } = call.value
  if (isNew) return undefined
  const target = scope.target({ value: callee, file })
  const isMemo = target.kind === 'external' && /^(?:default\.|\*\.)?useMemo$/.test(target.name)
  const [first] = args
  const found =
    isMemo && first ? scope.follow({ value: first, file }) : target.kind === 'value' ? target.located : undefined
  if (found?.value.kind !== 'function') return undefined
  const fn = scope.usage(found.file)?.functions[found.value.id]
  const [result] = fn?.returns ?? []
  if (fn?.returns.length !== 1 || !result || fn.isGenerator || fn.canFallThrough) return undefined
  return { value: result, file: found.file }
}
