// How long an encryption key is, where the code says it.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Place } from '../../../text/span.ts'
import { utf8Length } from '../../../text/utf8.ts'

/** A key whose length is written down. */
export interface KeyLength {
  readonly bytes: number
  /** What gives the length. */
  readonly at: Place
  /** Where the length is a number in the code: how many bytes one of it stands for. */
  readonly perUnit: number | undefined
}

/** Bytes of an element, by the constructor of the array. */
const sizes: Readonly<Record<string, number>> = {
  ArrayBuffer: 1,
  Int8Array: 1,
  Uint8Array: 1,
  Uint8ClampedArray: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
  Float32Array: 4,
  Float64Array: 8,
  BigInt64Array: 8,
  BigUint64Array: 8,
}

/** Values inside one another deeper than this are taken for cycles. */
const deepest = 6

/** The length of a key; undefined where only running would tell. */
export function lengthOfKey(scope: Scope, located: Located, depth = 0): KeyLength | undefined {
  const { value, file } = scope.follow(located)
  if (depth > deepest || value.kind !== 'call') return undefined
  const [first, ...others] = value.args
  if (!first) return undefined
  const argument: Located = { value: first, file }
  const { callee } = value
  const size = callee.kind === 'name' && callee.key === undefined ? sizes[callee.name] : undefined
  if (value.isNew) {
    if (size === undefined || others.length > 0) return undefined
    const inner = scope.follow(argument).value
    // A view of a buffer is as long as the buffer.
    const isBuffer = inner.kind === 'call' && inner.callee.kind === 'name' && inner.callee.name === 'ArrayBuffer'
    return isBuffer ? lengthOfKey(scope, argument, depth + 1) : ofUnits(scope, argument, size)
  }
  if (callee.kind !== 'member') return undefined
  const of = callee.of.kind === 'name' && callee.of.key === undefined ? callee.of.name : undefined
  if (callee.name === 'getRandomValues') return lengthOfKey(scope, argument, depth + 1)
  if (callee.name === 'encode' && callee.of.kind === 'call' && isEncoder(callee.of.callee))
    return ofText(scope, argument)
  if (callee.name !== 'from' || others.length > 0 || of === undefined) return undefined
  if (of === 'Buffer') return ofText(scope, argument) ?? ofItems(scope, argument, 1)
  return sizes[of] === undefined ? undefined : ofItems(scope, argument, sizes[of])
}

const isEncoder = (callee: Located['value']): boolean => callee.kind === 'name' && callee.name === 'TextEncoder'

function ofUnits(scope: Scope, argument: Located, size: number): KeyLength | undefined {
  const count = scope.number(argument)
  if (!count) return ofItems(scope, argument, size)
  const isWritten = argument.value.kind === 'number'
  return { bytes: count.value * size, at: placeOf(argument), perUnit: isWritten ? size : undefined }
}

function ofItems(scope: Scope, argument: Located, size: number): KeyLength | undefined {
  const list = scope.items(argument)
  if (!list?.complete) return undefined
  return { bytes: list.items.length * size, at: placeOf(argument), perUnit: undefined }
}

function ofText(scope: Scope, argument: Located): KeyLength | undefined {
  const text = scope.text(argument)?.text
  return text === undefined ? undefined : { bytes: utf8Length(text), at: placeOf(argument), perUnit: undefined }
}
