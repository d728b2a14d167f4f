// Where a name stands in code: in types too, which the facts of a file leave out.

/** Comments and texts, in which names mean nothing. */
const skipped = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/.source

/** Offsets of every `name` in `text` that is no member of something, outside comments and texts. */
export function nameUses(text: string, name: string): readonly number[] {
  const found: number[] = []
  const pattern = new RegExp(`${skipped}|(?<![.$\\w])${name.replaceAll('$', '\\$')}(?![$\\w])`, 'g')
  for (const match of text.matchAll(pattern)) if (match[0] === name) found.push(match.index)
  return found
}
