// Import aliases of babel-plugin-module-resolver, by which many React Native apps avoid relative paths.
import { dirname, join } from '../core/text/path.ts'
import { isList, isObject, type StaticData, unknown } from './static-config.ts'

/** A preset or plugin as it is listed. */
export interface Listed {
  readonly name: string
  readonly options: StaticData
}

/** Where specifiers may lead besides the usual places. All paths are absolute. */
export interface BabelAliases {
  /** Folders in which every bare specifier is looked for. */
  readonly roots: readonly string[]
  /** `name` and `name/…` stand for the path and what is below it; several paths are tried in order. */
  readonly aliases: readonly { readonly name: string; readonly targets: readonly string[]; readonly exact: boolean }[]
}

/** The aliases among the plugins of the Babel config `file`. Aliases that are regular expressions or functions are skipped. */
export function moduleResolverAliases(file: string, plugins: readonly (Listed | typeof unknown)[]): BabelAliases {
  const folder = dirname(file)
  const roots: string[] = []
  const aliases: BabelAliases['aliases'][number][] = []
  for (const plugin of plugins) {
    if (plugin === unknown || !/^(?:babel-plugin-)?module-resolver$/.test(plugin.name) || !isObject(plugin.options))
      continue
    const cwd = plugin.options['cwd']
    const base = typeof cwd === 'string' && !['babelrc', 'packagejson'].includes(cwd) ? join(folder, cwd) : folder
    // A root may end in a glob (`./src/**`), of which the folder itself is the part that nearly always matters.
    for (const root of texts(plugin.options['root'])) roots.push(join(base, root.replace(/\/\*+$/, '')))
    const { alias } = plugin.options
    const maps: readonly StaticData[] = isList(alias) ? alias : [alias]
    for (const map of maps) {
      if (!isObject(map)) continue
      for (const [written, to] of Object.entries(map)) {
        // A name that begins with ^ or ends with $ is a regular expression; `name$` is the simple case of it.
        const exact = written.endsWith('$')
        const name = exact ? written.slice(0, -1) : written
        if (/[\^$()|\\*+]/.test(name)) continue
        // What does not begin with a dot or slash is another package's name, save that it may be a folder's as well.
        const targets = texts(to).map(path => join(base, path))
        if (targets.length > 0) aliases.push({ name, targets, exact })
      }
    }
  }
  // The plugin takes the first alias that matches; a longer name is nearly always meant for what it says.
  aliases.sort((a, b) => b.name.length - a.name.length)
  return { roots, aliases }
}

/** The absolute paths that `specifier` may stand for, in the order to be tried. */
export function aliasTargets(aliases: BabelAliases, specifier: string): readonly string[] {
  for (const { name, targets, exact } of aliases.aliases) {
    if (specifier === name) return targets
    const prefix = name.endsWith('/') ? name : `${name}/`
    if (!exact && specifier.startsWith(prefix))
      return targets.map(target => join(target, `./${specifier.slice(prefix.length)}`))
  }
  return aliases.roots.map(root => join(root, `./${specifier}`))
}

const texts = (data: StaticData | undefined): readonly string[] =>
  typeof data === 'string'
    ? [data]
    : data !== undefined && isList(data)
      ? data.filter(item => typeof item === 'string')
      : []
