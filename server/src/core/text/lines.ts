// Offsets to lines and columns, and back.

/** Line starts of one text. Lines and columns count from 0, columns in UTF-16 code units, as LSP does. */
export interface Lines {
  readonly count: number
  /** The place of `offset`; offsets outside the text are moved to its ends. */
  at(offset: number): { line: number; column: number }
  /** The offset of a place; columns behind the line's end give its end. */
  offset(line: number, column: number): number
}

/** Finds the line starts of `text`; `\n`, `\r\n` and a lone `\r` each end a line. */
export function linesOf(text: string): Lines {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++
    if (code === 10 || code === 13) starts.push(i + 1)
  }
  const at = (offset: number) => {
    const target = Math.max(0, Math.min(offset, text.length))
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= target) low = middle
      else high = middle - 1
    }
    return { line: low, column: target - starts[low]! }
  }
  const offset = (line: number, column: number) => {
    if (line < 0) return 0
    const start = starts[line]
    if (start === undefined) return text.length
    let end = starts[line + 1] ?? text.length
    if (line + 1 < starts.length) {
      end--
      if (text.charCodeAt(end) === 10 && text.charCodeAt(end - 1) === 13) end--
    }
    return Math.min(start + column, Math.max(start, end))
  }
  return { count: starts.length, at, offset }
}
