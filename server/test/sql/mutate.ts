// Broken and half-written SQL, made out of whole statements; the same for the same seed.
import { scanSql } from '../../src/core/sql/scan-sql.ts'

/** Numbers from 0 up to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Letters that break tokens. */
const stray = [
  "'",
  '"',
  '`',
  '[',
  ']',
  '(',
  ')',
  ',',
  ';',
  '.',
  '😀',
  '日',
  '#',
  '!',
  '\\',
  '\u0001',
  '?',
  '$',
  ':',
  '--',
  '/*',
  '*/',
  '0x',
  '1e',
  '1_',
  "x'",
]

/** `statement` with one to three changes: tokens left out, doubled, swapped, taken from `others`; letters put in; the end cut off. */
export function mutate(statement: string, others: readonly string[], random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  let text = statement
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const tokens = scanSql(text)
    if (tokens.length === 0) return text
    const token = pick(tokens)
    const written = text.slice(token.start, token.end)
    const [before, after] = [text.slice(0, token.start), text.slice(token.end)]
    const other = pick(others)
    const [from] = [pick(scanSql(other))]
    const foreign = from ? other.slice(from.start, from.end) : ''
    const at = Math.floor(random() * (text.length + 1))
    const changed = [
      before + after,
      `${before}${written} ${written}${after}`,
      `${before}${foreign}${after}`,
      `${before}${foreign} ${written}${after}`,
      text.slice(0, at),
      text.slice(0, at) + pick(stray) + text.slice(at),
      `${before}${pick(['NULL', '1', 'x', '"x"', "'x'", '?', '(', ')', ','])}${after}`,
    ]
    text = pick(changed)
  }
  return text
}
