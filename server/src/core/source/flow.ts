// Takes the spellings that only Flow knows out of a text, by blanks, so that every offset stays.
import type { SyntaxFault } from './parse.ts'

/**
 * `text` with what Flow alone could have written at `faults` replaced by as many blanks: typecasts `(x: T)`, exact
 * objects `{| |}`, variance `+name:` and the dots of inexact objects. The same text when nothing there looks like Flow.
 */
export function blankFlow(text: string, faults: readonly SyntaxFault[]): string {
  const holes: (readonly [number, number])[] = []
  for (const { start } of faults) {
    const end = flowEnd(text, start)
    if (end > start) holes.push([start, end])
  }
  let result = ''
  let at = 0
  for (const [start, end] of holes) {
    if (start < at) continue
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ')
    at = end
  }
  return result + text.slice(at)
}

/** Where the Flow spelling that begins at `start` ends; `start` itself when there is none. */
function flowEnd(text: string, start: number): number {
  const rest = text.slice(start, start + 200)
  if (rest.startsWith(':')) return closingParen(text, start)
  if (/^[+-]\s*[\w$'"[]/.test(rest) || (rest.startsWith('|') && (text[start - 1] === '{' || rest[1] === '}')))
    return start + 1
  return /^\.\.\.\s*,?\s*\|?\}/.test(rest) ? start + 3 : start
}

/** The offset of the `)` that closes the parenthesis around `from`; `from` when there is none. */
function closingParen(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const c = text[i]!
    if (c === '(' || c === '[' || c === '{') depth++
    else if (c === ']' || c === '}') depth--
    else if (c === ')' && depth-- === 0) return i
    if (depth < 0) return from
  }
  return from
}
