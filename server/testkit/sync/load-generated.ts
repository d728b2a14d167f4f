// Bundles a generated layer to a module that runs in Node, as Metro would for a phone.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The exports of the given files of a layer in one module. `files` are texts by path; `folder` is the layer's. */
export async function loadGenerated<T>(
  files: Readonly<Record<string, string>>,
  entries: readonly string[],
  folder = 'src/sync',
): Promise<T> {
  const code = await bundleGenerated(files, entries, folder)
  return (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)) as T
}

/** The text of that module, for another process. */
export async function bundleGenerated(
  files: Readonly<Record<string, string>>,
  entries: readonly string[],
  folder = 'src/sync',
): Promise<string> {
  const built = await build({
    stdin: { contents: entries.map(one => `export * from './${folder}/${one}'`).join('\n'), resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    plugins: [virtualFiles(files)],
  })
  return built.outputFiles[0]?.text ?? ''
}

/** A plugin of esbuild: relative imports find the given texts; packages are the ones that are installed here. */
export function virtualFiles(files: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'virtual-files',
    setup: one => {
      one.onResolve({ filter: /^\./ }, ({ path: wanted, importer, namespace }) => {
        if (namespace !== 'virtual' && importer !== '<stdin>') return undefined
        const from = namespace === 'virtual' ? path.posix.dirname(importer) : '.'
        const stem = path.posix.join(from, wanted)
        const found = [stem, `${stem}.ts`, `${stem}.tsx`, `${stem}/index.ts`].find(name => name in files)
        return found === undefined ? { errors: [{ text: `no ${stem}` }] } : { path: found, namespace: 'virtual' }
      })
      one.onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path: name }) => ({
        contents: files[name] ?? '',
        loader: name.endsWith('x') ? 'tsx' : 'ts',
        resolveDir: root,
      }))
    },
  }
}
