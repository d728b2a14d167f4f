// Source text as the snippets of offers want it: one tab for each level, line ends of one kind, signs of snippets escaped.
import type { Span } from '../text/span.ts'
import { type Style, styleOf } from './style.ts'

/** Texts longer than this show their habits well enough around the place. */
const enough = 12_000

/** The habits of a file at a place, with the line ends and indentation of snippets. */
export function snippetStyle(text: string, at: Span): Style {
  const near = text.length <= enough ? text : text.slice(Math.max(0, at.start - enough / 2), at.start + enough / 2)
  return { ...styleOf(near), indent: '\t', newline: '\n' }
}

/** Source text as a snippet that writes just it. */
export const plain = (source: string): string => source.replace(/[\\$]/g, '\\$&')

/** Words as a choice; one word stands by itself. */
export const choice = (stop: number, words: readonly string[]): string =>
  words.length > 1
    ? `\${${stop}|${words.map(word => word.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`
    : `\${${stop}:${plain(words[0] ?? '').replace(/\}/g, '\\}')}}`
