// Whether an instance is encrypted, as far as the code says.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { InstanceCall, Opening } from '../types.ts'

/** What encrypts instances that are open: calls on this one, and whether there are some on instances that are not known. */
export interface LaterEncryption {
  readonly calls: readonly InstanceCall[]
  readonly isElsewhere: boolean
}

/** True when every opening certainly gives a key, false when none does and nothing encrypts it later; undefined otherwise. */
export function isEncrypted(scope: Scope, openings: readonly Opening[], later: LaterEncryption): boolean | undefined {
  if (openings.length === 0) return undefined
  if (later.calls.length > 0) return undefined
  if (openings.every(({ encryptionKey }) => encryptionKey && isCertain(scope, encryptionKey))) return true
  return !later.isElsewhere && openings.every(({ encryptionKey }) => encryptionKey === null) ? false : undefined
}

/** True for a key that is given whenever the code runs: a parameter may be left out. */
function isCertain(scope: Scope, key: Located): boolean {
  const { value, file } = scope.follow(key)
  switch (value.kind) {
    case 'string':
    case 'template':
    case 'call':
    case 'await':
    case 'member':
      return true
    case 'binary':
      return value.op === '+' || isCertain(scope, { value: value.right, file })
    case 'conditional':
      return [value.whenTrue, value.whenFalse].every(part => isCertain(scope, { value: part, file }))
    default:
      return false
  }
}
