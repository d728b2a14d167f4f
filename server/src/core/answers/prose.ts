// Text for a person with pieces that come out of code, as Markdown or as plain text.
import { basename } from '../text/path.ts'
import type { Place } from '../text/span.ts'

/** A piece of a line: words, a name out of the code, or the file of a place. */
export type Piece = string | { readonly code: string } | { readonly place: Place }
export type Line = readonly Piece[]

/** Source text, lines that belong together, or a rule between answers. */
export type Block =
  | { readonly source: string; readonly language: string }
  | { readonly lines: readonly Line[] }
  | 'rule'

/** A sentence in which names stand between backticks, as pieces. */
export const sentence = (text: string): Line =>
  text.split('`').flatMap((part, i): Line => (part === '' ? [] : i % 2 === 1 ? [{ code: part }] : [part]))

/** As Markdown; whatever is in the pieces shows as it is. `href` gives the address of a place, where the editor has one. */
export const toMarkdown = (blocks: readonly Block[], href: (place: Place) => string | undefined): string =>
  blocks
    .map(block => {
      if (block === 'rule') return '---'
      if ('source' in block) return fenced(block.source, block.language)
      return block.lines.map(line => line.map(piece => markdownOf(piece, href)).join('')).join('  \n')
    })
    .join('\n\n')

/** As plain text. */
export const toPlainText = (blocks: readonly Block[]): string =>
  blocks
    .map(block => {
      if (block === 'rule') return ''
      if ('source' in block) return block.source
      return block.lines.map(line => line.map(plainOf).join('')).join('\n')
    })
    .join('\n\n')

function markdownOf(piece: Piece, href: (place: Place) => string | undefined): string {
  if (typeof piece === 'string') return escaped(piece)
  if ('code' in piece) return codeSpan(piece.code)
  const address = href(piece.place)
  const name = codeSpan(basename(piece.place.file))
  return address === undefined
    ? name
    : `[${name}](${address.replace(/[()\s<>]/g, one => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`)})`
}

const plainOf = (piece: Piece): string =>
  typeof piece === 'string' ? piece : 'code' in piece ? piece.code : basename(piece.place.file)

const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&').replace(/\s+/g, ' ')

/** A code span ends at as many backticks as it begins with, so it begins with more than the text has in a row. */
function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  const ticks = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return ticks + pad + line + pad + ticks
}

function fenced(source: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(source) + 1))
  return `${fence}${language}\n${source}\n${fence}`
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length))
