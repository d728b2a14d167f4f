// What a getter gives for a value of another type, as the core of MMKV does it on the device.
import type { ValueType } from '../types.ts'

/** Texts, objects (which are texts of JSON) and buffers are stored in one way. */
const isBytes = (type: ValueType): boolean => type === 'string' || type === 'object' || type === 'buffer'

/** True when a value written as one type can be read as the other. */
export const readsAs = (written: ValueType, read: ValueType): boolean =>
  written === read || (isBytes(written) && isBytes(read))

/** What comes of reading a value as a type that it was not written as, in words behind "that gives". */
export function outcomeOf(written: ValueType, read: ValueType): string {
  if (isBytes(written)) {
    if (read === 'number') return '`undefined` for a short text, and a number without meaning for a long one'
    return '`true` for every text that is not empty, "false" too'
  }
  if (written === 'number') {
    if (read === 'boolean') return '`false` for whole numbers and `true` for most others'
    return 'an empty value or `undefined`'
  }
  return read === 'number' ? 'undefined' : 'an empty value for false and `undefined` for true'
}
