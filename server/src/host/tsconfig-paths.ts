// What a tsconfig.json or jsconfig.json says, with all it extends, as far as the workspace's own files tell.
import { parse } from 'jsonc-parser'
import { dirname, join } from '../core/text/path.ts'
import { asRecord, matchStar } from './package-info.ts'

/** The options in force in one tsconfig. */
export interface TsConfig {
  readonly file: string
  /** Absolute. Bare specifiers are also looked for here. */
  readonly baseUrl: string | undefined
  /** Pattern to absolute paths, `*` standing for what the pattern's `*` matched. */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[]
  /** Undefined when it rests on a base config outside of the workspace. */
  readonly strictNullChecks: boolean | undefined
  readonly experimentalDecorators: boolean | undefined
  readonly useDefineForClassFields: boolean | undefined
  readonly target: string | undefined
}

/** How a config is found that another one extends. */
export interface TsConfigSource {
  /** The text of a config file of the workspace. */
  text(file: string): string | undefined
  /** The folder of a package of this workspace. */
  packageFolder(from: string, name: string): string | undefined
  /** What `strict` is where nothing says so: false before TypeScript 6, true from then on. */
  readonly strictByDefault: boolean
}

/** How a base config names the folder of the config that extends it. */
const leafFolder = `\${configDir}`

interface Layer {
  readonly file: string
  readonly options: Readonly<Record<string, unknown>>
}

/** Reads the tsconfig `file`; undefined when it is not there. Base configs in node_modules are not read. */
export function readTsConfig(file: string, source: TsConfigSource): TsConfig | undefined {
  if (source.text(file) === undefined) return undefined
  const layers: Layer[] = []
  const outside = collect(file, source, layers, new Set())
  /** The last layer that sets an option wins. */
  const setter = (name: string): Layer | undefined => layers.filter(layer => layer.options[name] !== undefined).at(-1)
  const flag = (name: string): boolean | undefined => {
    const value = setter(name)?.options[name]
    return typeof value === 'boolean' ? value : undefined
  }
  const place = (layer: Layer, path: string): string =>
    path.startsWith(leafFolder)
      ? join(dirname(file), `./${path.slice(leafFolder.length)}`)
      : join(dirname(layer.file), path)
  const baseLayer = setter('baseUrl')
  const base = baseLayer?.options['baseUrl']
  const baseUrl = baseLayer && typeof base === 'string' ? place(baseLayer, base) : undefined
  const pathsLayer = setter('paths')
  const target = setter('target')?.options['target']
  return {
    file,
    baseUrl,
    paths: Object.entries(asRecord(pathsLayer?.options['paths']) ?? {}).map(([pattern, targets]) => ({
      pattern,
      targets: (Array.isArray(targets) ? targets : [])
        .filter(path => typeof path === 'string')
        .map(path => (baseUrl && !path.startsWith(leafFolder) ? join(baseUrl, path) : place(pathsLayer!, path))),
    })),
    strictNullChecks: flag('strictNullChecks') ?? flag('strict') ?? inheritedStrict(outside, source.strictByDefault),
    experimentalDecorators: flag('experimentalDecorators'),
    useDefineForClassFields: flag('useDefineForClassFields'),
    target: typeof target === 'string' ? target : undefined,
  }
}

/** The absolute paths that `specifier` stands for by `paths`, in the order to be tried; none when no pattern matches. */
export function pathTargets(config: TsConfig, specifier: string): readonly string[] {
  let best: { readonly length: number; readonly targets: readonly string[] } | undefined
  for (const { pattern, targets } of config.paths) {
    if (pattern === specifier) return targets
    const star = matchStar(pattern, specifier)
    const length = pattern.indexOf('*')
    if (star === undefined || (best && best.length >= length)) continue
    best = { length, targets: targets.map(target => target.replace('*', () => star)) }
  }
  return best?.targets ?? []
}

/** Adds `file` behind everything that it extends, and gives the base configs that are not of this workspace. */
function collect(file: string, source: TsConfigSource, layers: Layer[], visited: Set<string>): readonly string[] {
  const text = source.text(file)
  if (text === undefined || visited.has(file)) return []
  visited.add(file)
  const json = asRecord(parse(text)) ?? {}
  const bases = Array.isArray(json['extends']) ? json['extends'] : [json['extends']]
  const outside: string[] = []
  for (const base of bases) {
    if (typeof base !== 'string') continue
    const found = baseFile(file, base, source)
    if (found === undefined) outside.push(base)
    else outside.push(...collect(found, source, layers, visited))
  }
  visited.delete(file)
  layers.push({ file, options: asRecord(json['compilerOptions']) ?? {} })
  return outside
}

function baseFile(from: string, base: string, source: TsConfigSource): string | undefined {
  const relative = /^\.{0,2}\//.test(base) || base === '..' || base === '.'
  let path: string
  if (relative) path = join(dirname(from), base)
  else {
    const [name, rest] = packageAndRest(base)
    const folder = source.packageFolder(dirname(from), name)
    if (folder === undefined) return undefined
    path = join(folder, rest || 'tsconfig.json')
  }
  return [path, `${path}.json`, `${path}/tsconfig.json`].find(file => source.text(file) !== undefined)
}

/** A bare specifier as package name and the path within it (without a leading slash). */
export function packageAndRest(specifier: string): readonly [name: string, rest: string] {
  const parts = specifier.split('/')
  const count = specifier.startsWith('@') ? 2 : 1
  return [parts.slice(0, count).join('/'), parts.slice(count).join('/')]
}

/** `strict` in published base configs that most React Native apps extend; undefined where the base does not set it. */
const publishedStrict: Readonly<Record<string, boolean | undefined>> = {
  '@react-native/typescript-config': true,
  '@tsconfig/react-native': true,
  '@tsconfig/strictest': true,
  expo: undefined,
}

/** `strict` where no config of the workspace sets it; undefined when it rests on a base that is not known. */
function inheritedStrict(outside: readonly string[], byDefault: boolean): boolean | undefined {
  const last = outside.at(-1)
  if (last === undefined) return byDefault
  const [name] = packageAndRest(last)
  return name in publishedStrict ? (publishedStrict[name] ?? byDefault) : undefined
}
