// Marks in example files: a line `//  ^^^ words` says that the span above its carets is reported, with words of the message.

/** A mark found in a text; offsets are in the text without marks. */
export interface Marker {
  readonly start: number
  readonly end: number
  readonly words: string
}

const markerLine = /^(\s*(?:\/\/|#)?\s*)(\^+)\s?(.*)$/

/** Takes the marks out of a text. A mark line holds nothing but `//` and carets, so no code is lost. */
export function readMarkers(marked: string): { readonly text: string; readonly markers: readonly Marker[] } {
  const lines: string[] = []
  const markers: Marker[] = []
  let lineStart = 0
  let next = 0
  for (const line of marked.split('\n')) {
    const found = markerLine.exec(line)
    if (found) {
      const start = lineStart + found[1]!.length
      markers.push({ start, end: start + found[2]!.length, words: found[3]!.trim() })
      continue
    }
    lines.push(line)
    lineStart = next
    next += line.length + 1
  }
  return { text: lines.join('\n'), markers }
}
