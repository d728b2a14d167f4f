// Compiles the sync layer on the fly, with pieces of its text replaced: a mutant is the layer with one fault.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { SyncLayer } from './layer-queue.ts'

export interface Replacement {
  /** A file of the templates, as `drain.ts`. */
  readonly file: string
  /** Must stand in the file exactly once. */
  readonly find: string
  readonly put: string
}

export const templateFolder = fileURLToPath(new URL('../../templates/sync/', import.meta.url))

const entry = [
  'create-sync',
  'mmkv-store',
  'sqlite-store',
  'expo-sqlite-database',
  'op-sqlite-database',
  'conflict-strategy',
  'transport-error',
]

/** Gives the layer's modules with the replacements made. */
export async function loadLayer(replacements: readonly Replacement[] = []): Promise<SyncLayer> {
  return (await loadTemplates(entry, replacements)) as SyncLayer
}

/** Gives what templates export, with the replacements made. Those of other folders are named from the folder `sync`: `../realm/realm-store`. */
export async function loadTemplates(names: readonly string[], replacements: readonly Replacement[]): Promise<unknown> {
  const texts = new Map<string, string>()
  for (const { file: name, find, put } of replacements) {
    const file = path.resolve(templateFolder, name)
    const before = texts.get(file) ?? readFileSync(file, 'utf8')
    if (before.split(find).length !== 2) throw new Error(`${file} must hold exactly once: ${find}`)
    texts.set(
      file,
      before.replace(find, () => put),
    )
  }
  const built = await build({
    stdin: { contents: names.map(name => `export * from './${name}.ts'`).join('\n'), resolveDir: templateFolder },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    plugins: [
      {
        name: 'replacements',
        setup: one =>
          one.onLoad({ filter: /templates[\\/]\w+[\\/].*\.ts$/ }, ({ path: file }) => {
            const contents = texts.get(file)
            return contents === undefined ? undefined : { contents, loader: 'ts' }
          }),
      },
    ],
  })
  const code = built.outputFiles[0]!.text
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`) as Promise<unknown>
}
