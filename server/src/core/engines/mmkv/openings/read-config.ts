// Reads the configuration of an instance: an object, what a function gives back, what is spread into it.
import { readEntries } from '../../../catalog/read-entries.ts'
import type { Located, Scope, Shape } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import { callIndex } from '../code/call-index.ts'

/** A configuration. */
export interface ConfigRead extends Shape {
  /** The object literal that it is written as, where it is one. */
  readonly object: Located | undefined
}

/** Functions that call one another deeper than this are taken for cycles. */
const deepest = 12

const unknown: ConfigRead = { entries: new Map(), complete: false, object: undefined }
const empty: ConfigRead = { entries: new Map(), complete: true, object: undefined }

/** Reads what an expression gives as a configuration; undefined for none at all. */
export function readConfig(scope: Scope, located: Located | undefined, depth = 0): ConfigRead {
  if (!located) return empty
  const found = scope.follow(located)
  const { value, file } = found
  if (depth > deepest) return unknown
  if (value.kind === 'undefined') return empty
  if (value.kind === 'object') {
    const read = readEntries(scope, value.props, file, spread => readConfig(scope, spread, depth + 1))
    return { ...read, complete: read.complete && !isFilledLater(scope, located, found), object: found }
  }
  const result = value.kind === 'call' ? resultOf(scope, { value, file }) : undefined
  return result ? readConfig(scope, result, depth + 1) : unknown
}

/** True for the object of a variable that gets more keys behind its declaration: `config.encryptionKey = key`. */
function isFilledLater(scope: Scope, { value }: Located, object: Located): boolean {
  if (value === object.value) return false
  const bindings = scope.module(object.file)?.bindings ?? {}
  const key = Object.keys(bindings).find(one => bindings[one]?.value === object.value)
  const isIt = (part: Value | undefined) => part?.kind === 'name' && part.key !== undefined && part.key === key
  const usage = scope.usage(object.file)
  return (
    usage?.assigns.some(({ target }) => target.kind === 'member' && isIt(target.of)) === true ||
    (callIndex(usage).byName.get('assign') ?? []).some(({ call }) => isIt(call.args[0]))
  )
}

/** The one value that a called function returns, even where that holds its parameters, which stay unknown. */
function resultOf(scope: Scope, { value, file }: Located<CallValue>): Located | undefined {
  if (value.isNew) return undefined
  const found = scope.follow({ value: value.callee, file })
  if (found.value.kind !== 'function') return undefined
  const fn = scope.usage(found.file)?.functions[found.value.id]
  const [result] = fn?.returns ?? []
  if (fn?.returns.length !== 1 || !result || fn.isAsync || fn.isGenerator || fn.canFallThrough) return undefined
  return { value: result, file: found.file }
}
