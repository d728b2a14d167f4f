// What kind of value an expression certainly gives when it runs.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue } from '../../../source/value.ts'
import { kindsOf } from '../models/plain-type.ts'

/** The kind of a value; `Date` and `array` are told from other objects. */
export type ValueKind = 'string' | 'number' | 'boolean' | 'null' | 'undefined' | 'Date' | 'object' | 'array'

/**
 * The kind of `located`; undefined where it is not certain. Members of objects are never certain, as anybody may assign
 * to them; a parameter is what its type says, where that is plain.
 */
export function kindOfValue(scope: Scope, located: Located): ValueKind | undefined {
  const { value, file } = located
  switch (value.kind) {
    case 'string':
    case 'template':
      return 'string'
    case 'number':
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'object':
    case 'array':
      return value.kind
    case 'call':
      return kindOfCall(value)
    case 'binary': {
      if (value.op !== '+') return undefined
      const isText = [value.left, value.right].some(part => kindOfValue(scope, { value: part, file }) === 'string')
      return isText ? 'string' : undefined
    }
    case 'conditional': {
      const whenTrue = kindOfValue(scope, { value: value.whenTrue, file })
      return whenTrue === kindOfValue(scope, { value: value.whenFalse, file }) ? whenTrue : undefined
    }
    case 'name': {
      const binding = value.key === undefined ? undefined : scope.binding(file, value.key)
      if (!binding) return undefined
      if (binding.type) {
        const kinds = [...(kindsOf(binding.type) ?? [])]
        return kinds.length === 1 ? kinds[0] : undefined
      }
      const found = scope.follow(located)
      return found.value === value || found.value.kind === 'name' ? undefined : kindOfValue(scope, found)
    }
    default:
      return undefined
  }
}

/** Calls of the language whose result is always of one kind. */
function kindOfCall({ callee, isNew }: CallValue): ValueKind | undefined {
  if (callee.kind === 'name' && callee.key === undefined) {
    if (isNew) return callee.name === 'Date' ? 'Date' : undefined
    return callee.name === 'String' ? 'string' : callee.name === 'Number' ? 'number' : undefined
  }
  const isClock =
    callee.kind === 'member' && callee.name === 'now' && callee.of.kind === 'name' && callee.of.name === 'Date'
  return isClock && !isNew ? 'number' : undefined
}
