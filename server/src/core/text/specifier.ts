// How one file would import another, judged by the paths and by what is written in the files that import already.
import { dirname, relative } from './path.ts'

/**
 * The relative specifier of `to` in `from`. Where the imports of `from` (or, when it has none, of `to`) end in file
 * extensions, this one does too; else it goes without extension and platform suffix, and without `/index` behind a
 * folder's name. `textOf` gives the text of a file, undefined where there is none.
 */
export function specifierOf(from: string, to: string, textOf?: (file: string) => string | undefined): string {
  const path = relative(dirname(from), to)
  const habit = textOf && (habitOf(textOf(from)) ?? habitOf(textOf(to)))
  if (habit === 'source') return path
  if (habit === 'output') return path.replace(/\.([cm]?)tsx?$/, '.$1js')
  return path.replace(/(?:\.(?:native|ios|android|web))?\.[cm]?[jt]sx?$/, '').replace(/([^./][^/]*)\/index$/, '$1')
}

/** How specifiers end: `output` names what TypeScript makes of a file (`./a.js` for `a.ts`), `source` the file itself. */
type Habit = 'bare' | 'output' | 'source'

/** The habit of most relative imports in `text`; undefined where there is none. */
function habitOf(text: string | undefined): Habit | undefined {
  const counts = { bare: 0, output: 0, source: 0 }
  for (const [, specifier] of (text ?? '').matchAll(relativeImport)) {
    if (/\.[cm]?tsx?$/.test(specifier!)) counts.source++
    else if (/\.[cm]?jsx?$/.test(specifier!)) counts.output++
    // A style sheet or a picture is named in full by everybody.
    else if (!/\.(?:json|s?css|png|jpe?g|svg|gif)$/.test(specifier!)) counts.bare++
  }
  const { bare, output, source } = counts
  if (bare + output + source === 0) return undefined
  if (bare > output + source) return 'bare'
  return source > output ? 'source' : 'output'
}

const relativeImport = /\b(?:from|import|require\s*\(|import\s*\()\s*['"](\.{1,2}(?:\/[^'"\n]*)?)['"]/g
