// Names of variables, made of what people call things.

/** Words that no variable can be called. */
const reserved = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)

/** `userName` for `user.name`; empty where no letter is left. */
export function camel(text: string): string {
  const [first = '', ...rest] = wordsIn(text)
  return first.charAt(0).toLowerCase() + first.slice(1) + rest.map(upperFirst).join('')
}

/** `UserName` for `user.name`. */
export const pascal = (text: string): string => wordsIn(text).map(upperFirst).join('')

/** `user-name` for `userName` and `user.name`. */
export const kebab = (text: string): string =>
  wordsIn(text.replace(/([a-z0-9])([A-Z])/g, '$1-$2'))
    .join('-')
    .toLowerCase()

/** True for a name that a variable can have. */
export const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text) && !reserved.has(text)

const wordsIn = (text: string): readonly string[] => text.split(/[^A-Za-z0-9]+/).filter(word => word !== '')

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
