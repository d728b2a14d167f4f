// Expands the body of a VS Code snippet as if every placeholder were left at its default.

/**
 * The text of a snippet body. Understands tab stops, placeholders (nested too), choices (the first counts), mirrors of
 * earlier placeholders, variables (empty, or their default) and escapes; transforms are not understood.
 */
export function expandSnippet(body: string | readonly string[]): string {
  const source = typeof body === 'string' ? body : body.join('\n')
  const known = new Map<string, string>()
  // Twice, because a mirror may stand before the placeholder that it repeats.
  expand(source, known)
  return expand(source, known).replaceAll('\t', '  ')
}

function expand(source: string, known: Map<string, string>): string {
  let at = 0

  /** Reads up to `end`, which is consumed; up to the end of the source where none is given. */
  const read = (end?: string): string => {
    let text = ''
    while (at < source.length) {
      if (source[at] === '\\' && /[$}\\,|]/.test(source[at + 1] ?? '')) {
        text += source[at + 1]
        at += 2
      } else if (source[at] === end) {
        at++
        return text
      } else if (source[at] === '$') text += readVariable()
      else text += source[at++]
    }
    return text
  }

  const readVariable = (): string => {
    const plain = /^\$(\w+)/.exec(source.slice(at))
    if (plain) {
      at += plain[0].length
      return known.get(plain[1]!) ?? ''
    }
    const braced = /^\$\{(\w+)([:|}])/.exec(source.slice(at))
    if (!braced) {
      at++
      return '$'
    }
    const [opening, name, kind] = braced as unknown as [string, string, string]
    at += opening.length
    if (kind === '}') return known.get(name) ?? ''
    const value = kind === ':' ? read('}') : readChoices()
    if (!known.has(name)) known.set(name, value)
    return value
  }

  /** The first choice of `a,b|}`. */
  const readChoices = (): string => {
    const choices = read('|')
    at++
    return choices.split(',')[0]!
  }

  return read()
}
