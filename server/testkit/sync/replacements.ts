// Templates with pieces of their text replaced while they are compiled: a mutant is a layer with one fault.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'esbuild'

export interface Replacement {
  /** A file of the templates, as the loader of the layer names it. */
  readonly file: string
  /** Must stand in the file exactly once. */
  readonly find: string
  readonly put: string
}

/** A plugin of esbuild that makes the replacements. Their files are named from `folder`. Throws where a text is not there once. */
export function replacing(folder: string, replacements: readonly Replacement[]): Plugin {
  const texts = new Map<string, string>()
  for (const { file: name, find, put } of replacements) {
    const file = path.resolve(folder, name)
    const before = texts.get(file) ?? readFileSync(file, 'utf8')
    if (before.split(find).length !== 2) throw new Error(`${file} must hold exactly once: ${find}`)
    texts.set(
      file,
      before.replace(find, () => put),
    )
  }
  return {
    name: 'replacements',
    setup: one =>
      one.onLoad({ filter: /templates[\\/].*\.ts$/ }, ({ path: file }) => {
        const contents = texts.get(file)
        return contents === undefined ? undefined : { contents, loader: 'ts' }
      }),
  }
}
