// How one file would import another, judged by the paths alone.
import { dirname, relative } from './path.ts'

/** The relative specifier of `to` in `from`: without extension and platform suffix, and without `/index` behind a folder's name. */
export function specifierOf(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/(?:\.(?:native|ios|android|web))?\.[cm]?[jt]sx?$/, '')
  return path.replace(/([^./][^/]*)\/index$/, '$1')
}
