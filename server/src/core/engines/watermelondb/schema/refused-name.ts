// Which names the library does not take.

const reserved = new Set(['id', '_changed', '_status', 'local_storage'])

/** True for names that the library keeps for itself, in any case. */
export const isReserved = (name: string): boolean => reserved.has(name.toLowerCase())

const ofJavaScript = new Set([
  'constructor',
  'prototype',
  'hasOwnProperty',
  'isPrototypeOf',
  'toString',
  'toLocaleString',
  'valueOf',
])

/** Why the library refuses a name (`src/utils/fp/checkName`); undefined where it takes it. */
export function refusal(name: string): string | undefined {
  if (name === '') return undefined
  const key = name.toLowerCase()
  if (ofJavaScript.has(name)) return 'JavaScript gives every object a property of that name'
  if (key === '$loki') return 'LokiJS uses it'
  if (['rowid', 'oid', '_rowid_', 'sqlite_master'].includes(key) || key.startsWith('sqlite_stat'))
    return 'SQLite uses it'
  if (name.startsWith('__')) return 'it begins with "__"'
  return /^[a-zA-Z_]\w*$/.test(name)
    ? undefined
    : 'it may have letters, digits and underscores only, and no digit first'
}
