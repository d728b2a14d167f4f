// Where the letters of a string literal stand when escapes make it longer than what it says.

const escaped = /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])|\r\n/gu

/**
 * The escapes in the source of a literal, whose quotes are left out: for each the index in the text that it says, and how
 * many units longer it is written. Line ends of two units count in templates. Undefined where `text` is not what it says.
 */
export function escapesIn(source: string, text: string): readonly number[] | undefined {
  if (source.length === text.length) return undefined
  const pairs: number[] = []
  let longer = 0
  for (const { 0: written, index } of source.matchAll(escaped)) {
    const said = /^\\(?:\r\n|[\n\r\u2028\u2029])$/.test(written) ? 0 : saidBy(written)
    pairs.push(index - longer, written.length - said)
    longer += written.length - said
  }
  return source.length - longer === text.length ? pairs : undefined
}

/** Where the letter `index` of a text begins in its source, both counted from the first one. */
export function writtenAt(escapes: readonly number[] | undefined, index: number): number {
  let at = index
  for (let i = 0; escapes && i < escapes.length; i += 2) if (escapes[i]! < index) at += escapes[i + 1]!
  return at
}

/** How many units an escape stands for: beyond the basic plane two. */
function saidBy(written: string): number {
  const code = /^\\u\{(.+)\}$/.exec(written)?.[1]
  if (code !== undefined) return Number.parseInt(code, 16) > 0xffff ? 2 : 1
  return written === '\r\n' ? 1 : written.length - 1 > 1 && !/^\\[ux]/.test(written) ? written.length - 1 : 1
}
