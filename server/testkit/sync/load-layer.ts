// Compiles the sync layer on the fly, with pieces of its text replaced: a mutant is the layer with one fault.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { SyncLayer } from './layer-queue.ts'
import { type Replacement, replacing } from './replacements.ts'

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
  const built = await build({
    stdin: { contents: names.map(name => `export * from './${name}.ts'`).join('\n'), resolveDir: templateFolder },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    plugins: [replacing(templateFolder, replacements)],
  })
  const code = built.outputFiles[0]!.text
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`) as Promise<unknown>
}
