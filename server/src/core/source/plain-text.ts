// Names and short texts that are kept for long: one copy of each, however many files say it.

const known = new Map<string, string>()

/** Longer texts are seldom said twice. */
const longest = 200
const mostKnown = 20_000

/**
 * The same text, as one object for all who say it and without a hold on the text it was cut from: what the parser gives
 * is a view of the whole file, which would otherwise stay in memory as long as any of its names.
 */
export function plainText(text: string): string {
  const found = known.get(text)
  if (found !== undefined) return found
  if (text.length > longest) return text
  // The key of an object is always a text of its own.
  const [plain = text] = Object.keys({ [text]: true })
  if (known.size >= mostKnown) known.clear()
  known.set(plain, plain)
  return plain
}
