// Which names may be given to a new table or column: the checks of the input boxes.

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/
/** WatermelonDB and SQLite keep these for themselves, in any case of letters. */
const reservedNames = ['id', '_changed', '_status', 'local_storage', 'rowid', 'oid', '_rowid_']
/** Records are plain objects, on which these names have a meaning already. */
const objectNames = [
  'constructor',
  'prototype',
  'hasOwnProperty',
  'isPrototypeOf',
  'toString',
  'toLocaleString',
  'valueOf',
]

/** Why `name` cannot be the name of a new table or column beside `taken`; undefined when it can. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'Give a name.'
  if (!plainName.test(name))
    return 'Use letters, digits and underscores only, beginning with a letter or an underscore.'
  const lower = name.toLowerCase()
  const reserved = reservedNames.includes(lower) || objectNames.includes(name) || /^(__|sqlite_)/.test(lower)
  if (reserved) return `"${name}" is reserved by the database.`
  // SQLite compares names without regard to case.
  if (taken.some(other => other.toLowerCase() === lower)) return `"${name}" exists already.`
  return undefined
}
