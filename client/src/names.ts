// Which names may be given to a new table or column: the checks of the input boxes.

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** What a database keeps for itself: names, and beginnings of names that end with `*`. */
export interface NamesTaken {
  readonly reserved: readonly string[]
  /** True where names that differ in upper and lower case alone are the same. */
  readonly ignoresCase: boolean
}

/** Why `name` cannot be the name of a new table or column beside `taken`; undefined when it can. */
export function nameProblem(
  name: string,
  taken: readonly string[],
  { reserved, ignoresCase }: NamesTaken,
): string | undefined {
  if (name === '') return 'Give a name.'
  if (!plainName.test(name))
    return 'Use letters, digits and underscores only, beginning with a letter or an underscore.'
  const plain = (text: string) => (ignoresCase ? text.toLowerCase() : text)
  const own = plain(name)
  const isReserved = reserved
    .map(plain)
    .some(word => (word.endsWith('*') ? own.startsWith(word.slice(0, -1)) : own === word))
  if (isReserved) return `"${name}" is reserved by the database.`
  if (taken.some(other => plain(other) === own)) return `"${name}" exists already.`
  return undefined
}
