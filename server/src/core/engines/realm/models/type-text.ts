// Reads the text of a type annotation as far as the Babel plugin looks at one.

/** A type as written. `other` is everything that the plugin does not look into. */
export type TypeText =
  | { readonly kind: 'keyword'; readonly name: string }
  | { readonly kind: 'reference'; readonly name: string; readonly args: readonly TypeText[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'union'; readonly parts: readonly TypeText[] }
  | { readonly kind: 'array'; readonly of: TypeText }
  | { readonly kind: 'other' }

const keywords = new Set([
  'boolean',
  'string',
  'number',
  'undefined',
  'null',
  'any',
  'unknown',
  'object',
  'bigint',
  'symbol',
  'never',
  'void',
])

/** Reads a type. Never throws. */
export function parseType(text: string): TypeText {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ').trim()
  const parts = splitTop(plain.replace(/^\|/, ''), '|')
  if (parts === undefined) return { kind: 'other' }
  if (parts.length > 1) return { kind: 'union', parts: parts.map(parseType) }
  const one = (parts[0] ?? '').trim()
  if (keywords.has(one)) return { kind: 'keyword', name: one }
  const quoted = /^(['"])([^'"\\]*)\1$/.exec(one)
  if (quoted) return { kind: 'string', text: quoted[2] ?? '' }
  if (/\[\s*\]$/.test(one)) return { kind: 'array', of: parseType(one.replace(/\[\s*\]$/, '')) }
  const reference = /^([A-Za-z_$][\w$]*(?:\s*\.\s*[A-Za-z_$][\w$]*)*)\s*(?:<([\s\S]*)>)?$/.exec(one)
  if (!reference) return { kind: 'other' }
  const name = reference[1]!.replace(/\s/g, '')
  if (reference[2] === undefined) return { kind: 'reference', name, args: [] }
  const args = splitTop(reference[2].replace(/,\s*$/, ''), ',')
  return args ? { kind: 'reference', name, args: args.map(parseType) } : { kind: 'other' }
}

const closing: Readonly<Record<string, string>> = { '<': '>', '(': ')', '[': ']', '{': '}' }

/** The parts between `by` outside of all brackets and quotes; undefined where brackets do not match. */
function splitTop(text: string, by: string): string[] | undefined {
  const open: string[] = []
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!
    if (c === '=' && text[at + 1] === '>') at++
    else if (c === '"' || c === "'" || c === '`') {
      const end = text.indexOf(c, at + 1)
      if (end < 0) return undefined
      at = end
    } else if (closing[c]) open.push(closing[c])
    else if (c === open.at(-1)) open.pop()
    else if (c === by && open.length === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  if (open.length > 0) return undefined
  parts.push(text.slice(from))
  return parts
}
