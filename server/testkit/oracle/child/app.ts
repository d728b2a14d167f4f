// The modules of one app, loaded as Node loads CommonJS, each once, apart from those of other jobs.
import { dirname, join } from 'node:path/posix'
import type { Library } from './library.ts'
import { standIn } from './stand-ins.ts'

/** One loaded app. */
export interface App {
  readonly paths: readonly string[]
  /** The exports of a file, by path with or without extension. Runs the file when it has not run yet. */
  load(path: string): Record<string, unknown>
  /** What `require` means in a file of the app. */
  require(specifier: string): unknown
}

const endings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.json',
  '.native.ts',
  '.native.js',
  '/index.ts',
  '/index.tsx',
  '/index.js',
]

/** Prepares the modules of an app; nothing runs before `load`. */
export function openApp(files: Readonly<Record<string, string>>, library: Library): App {
  const modules = new Map<string, { exports: Record<string, unknown> }>()
  const find = (path: string) => endings.map(ending => path + ending).find(candidate => Object.hasOwn(files, candidate))

  const bare = (specifier: string): unknown => library.require(specifier) ?? standIn(specifier)

  const load = (path: string): Record<string, unknown> => {
    const found = find(path)
    if (found === undefined) throw new Error(`Cannot find module '${path}'`)
    const known = modules.get(found)
    if (known) return known.exports
    const module = { exports: {} as Record<string, unknown> }
    modules.set(found, module)
    const local = (specifier: string): unknown =>
      specifier.startsWith('.') ? load(join(dirname(found), specifier)) : aliased(specifier)
    const run = new Function('module', 'exports', 'require', '__DEV__', `${files[found]}\n//# sourceURL=${found}`)
    run(module, module.exports, local, process.env['NODE_ENV'] !== 'production')
    return module.exports
  }

  /** Path aliases of Babel or tsconfig: what the app has under `src/` is the app's, everything else is a package. */
  const aliased = (specifier: string): unknown => {
    const own = [specifier.replace(/^[@~#]\//, 'src/'), join('src', specifier)].find(path => find(path) !== undefined)
    return own === undefined || specifier.startsWith('@nozbe/') ? bare(specifier) : load(own)
  }

  return {
    paths: Object.keys(files).filter(path => /\.[jt]sx?$/.test(path) && !path.endsWith('.d.ts')),
    load,
    require: bare,
  }
}
