// The methods of an instance and the hooks: what each does with a key.
import type { KeyUse, ValueType } from '../types.ts'

/** What a method does with its key. `type` is there where the method itself says it. */
export interface MethodMeaning {
  readonly access: KeyUse['access']
  readonly type?: ValueType
}

/** Methods that are given a key first. */
export const keyMethods: Readonly<Record<string, MethodMeaning>> = {
  set: { access: 'write' },
  getString: { access: 'read', type: 'string' },
  getNumber: { access: 'read', type: 'number' },
  getBoolean: { access: 'read', type: 'boolean' },
  getBuffer: { access: 'read', type: 'buffer' },
  delete: { access: 'remove' },
  remove: { access: 'remove' },
  contains: { access: 'contains' },
}

/** Hooks of one key, and the type that each reads and writes. */
export const hookTypes: Readonly<Record<string, ValueType>> = {
  useMMKVString: 'string',
  useMMKVNumber: 'number',
  useMMKVBoolean: 'boolean',
  useMMKVBuffer: 'buffer',
  useMMKVObject: 'object',
}

/** All methods of an instance, of every version. */
export const instanceMethods: ReadonlySet<string> = new Set([
  ...Object.keys(keyMethods),
  'getAllKeys',
  'clearAll',
  'recrypt',
  'encrypt',
  'decrypt',
  'trim',
  'importAllFrom',
  'checkContentChanged',
  'addOnValueChangedListener',
])

/** Methods that change what encrypts an instance. */
export const encryptingMethods: ReadonlySet<string> = new Set(['recrypt', 'encrypt', 'decrypt'])
