// The source text of a definition, cut to a size that a hover can show.
import type { Catalog } from '../catalog/catalog.ts'
import type { Place } from '../text/span.ts'

const mostLines = 12
const mostColumns = 160

/** The text at `place` without the indentation around it, at most 12 lines; undefined where the text is not there. */
export function sourceOf(
  catalog: Catalog,
  { file, span }: Place,
): { readonly source: string; readonly language: string } | undefined {
  const source = catalog.text(file)?.slice(span.start, span.end)
  if (!source?.trim()) return undefined
  const [first = '', ...rest] = source.split(/\r\n|\r|\n/)
  const indents = rest.flatMap(line => (line.trim() === '' ? [] : line.length - line.trimStart().length))
  const indent = Math.min(...indents, mostColumns)
  const lines = [first, ...rest.map(line => line.slice(indent))].map(line =>
    line.length > mostColumns ? `${line.slice(0, mostColumns)}…` : line,
  )
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines
  return { source: shown.join('\n'), language: /\.[cm]?tsx?$/.test(file) ? 'typescript' : 'javascript' }
}
