// Names of the layer, made of what the store calls its entities.

/** `Task` for `tasks`, `TaskList` for `task_lists`, `Category` for `categories`. */
export function typeNameOf(entity: string): string {
  const words = wordsOf(entity)
  const last = words.pop() ?? ''
  return [...words, singular(last)].map(upperFirst).join('')
}

/** `tasks` for `tasks` and `Task`, `taskLists` for `task_lists`. */
export function pathOf(entity: string): string {
  const words = wordsOf(entity)
  const last = words.pop() ?? ''
  return lowerFirst([...words, plural(last)].map(upperFirst).join(''))
}

/** `taskList` for `TaskList`. */
export const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1)

/** A property's name as code writes it, in quotes where it needs some. */
export const propertyName = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name.replace(/[\\']/g, '\\$&')}'`

/** A text as our templates write it. */
export const literal = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => word.toLowerCase())

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function singular(word: string): string {
  if (/(?:s|x|z|ch|sh)es$/.test(word) && !/(?:[aeiou]se|ase)s$/.test(word)) return word.slice(0, -2)
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

function plural(word: string): string {
  if (word === '' || (/s$/.test(word) && !/(?:ss|us)$/.test(word))) return word
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}
