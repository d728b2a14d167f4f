// Takes the spellings that only Flow knows out of a text, by blanks, so that every offset stays.
import type { Span } from '../text/span.ts'
import type { SyntaxFault } from './syntax-fault.ts'

/**
 * `text` with what Flow alone could have written at `faults` replaced by as many blanks: typecasts `(x: T)`, exact
 * objects `{| |}`, variance `+name:` and the dots of inexact objects. The same text when nothing there looks like Flow.
 */
export function blankFlow(text: string, faults: readonly SyntaxFault[]): string {
  const holes = faults.flatMap(fault => flowHole(text, fault) ?? []).sort((a, b) => a.start - b.start)
  let result = ''
  let at = 0
  for (const { start, end } of holes) {
    if (start < at) continue
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ')
    at = end
  }
  return result + text.slice(at)
}

/** What Flow alone could have written at `fault`. */
function flowHole(text: string, { start, message }: SyntaxFault): Span | undefined {
  const rest = text.slice(start, start + 200)
  // A typecast looks like the parameters of an arrow function that never comes.
  if (message.includes("'=>'")) return typecast(text, start)
  if (rest.startsWith(':')) return upToParen(text, start)
  if (rest.startsWith('}') && text[start - 1] === '|') return { start: start - 1, end: start }
  const isBar = rest.startsWith('|') && (text[start - 1] === '{' || rest[1] === '}')
  if (isBar || /^[+-]\s*[\w$'"[]/.test(rest)) return { start, end: start + 1 }
  return /^\.\.\.\s*,?\s*\|?\}/.test(rest) ? { start, end: start + 3 } : undefined
}

/** The type in the parentheses that close before `offset`, from its colon on. */
function typecast(text: string, offset: number): Span | undefined {
  const close = text.slice(0, offset).trimEnd().length - 1
  if (text[close] !== ')') return typeBehindParen(text, offset)
  let depth = 0
  let colon = -1
  for (let at = close; at >= 0; at--) {
    const c = text[at]!
    if (c === ')' || c === ']' || c === '}') depth++
    else if (c === '(' || c === '[' || c === '{') depth--
    else if (c === ':' && depth === 1) colon = at
    if (depth === 0) return c === '(' && colon > at ? { start: colon, end: close } : undefined
  }
  return undefined
}

/** The type of `(x): T` before `offset`, from its colon on. */
function typeBehindParen(text: string, offset: number): Span | undefined {
  const [match] = /\)\s*:[^():;]*$/.exec(text.slice(Math.max(0, offset - 200), offset)) ?? []
  return match ? { start: offset - match.length + match.indexOf(':'), end: offset } : undefined
}

/** From `start` to the `)` that closes the parenthesis around it. */
function upToParen(text: string, start: number): Span | undefined {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const c = text[at]!
    if (c === '(' || c === '[' || c === '{') depth++
    else if (c === ']' || c === '}') depth--
    else if (c === ')' && depth-- === 0) return { start, end: at }
    if (depth < 0) return undefined
  }
  return undefined
}
