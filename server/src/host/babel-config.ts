// Babel configs as far as their text alone tells: presets, plugins and import aliases.
import { parse } from 'jsonc-parser'
import type { BabelConfig } from '../core/catalog/scope.ts'
import { type BabelAliases, type Listed, moduleResolverAliases } from './babel-aliases.ts'
import { isList, isObject, type StaticData, staticConfig, unknown } from './static-config.ts'

/** What a Babel config file says. */
export interface BabelReading {
  /** `unknown` when some preset or plugin would be known only by running the config. */
  readonly facts: BabelConfig | 'unknown'
  /** Import aliases of babel-plugin-module-resolver, as far as they are known. */
  readonly aliases: BabelAliases
}

/** Reads the text of a Babel config file; nothing is run. */
export function readBabelConfig(file: string, text: string): BabelReading {
  const isJson = file.endsWith('.json') || file.endsWith('.babelrc')
  return readBabelData(file, isJson ? (parse(text) as StaticData) : staticConfig(file, text))
}

/** Reads a Babel config that is data already, such as the `babel` key of a package.json. */
export function readBabelData(file: string, config: StaticData): BabelReading {
  const nothing: BabelReading = { facts: 'unknown', aliases: { roots: [], aliases: [] } }
  if (!isObject(config)) return nothing
  const { env } = config
  const environments: readonly StaticData[] = env === undefined ? [] : isObject(env) ? Object.values(env) : [unknown]
  const parts: readonly StaticData[] = [config, ...environments]
  const presets = parts.flatMap(part => namesAndOptions(part, 'presets'))
  const plugins = parts.flatMap(part => namesAndOptions(part, 'plugins'))
  const aliases = moduleResolverAliases(file, plugins)
  const certain = config['extends'] === undefined && config['overrides'] === undefined
  if (!certain || [...presets, ...plugins].includes(unknown)) return { facts: 'unknown', aliases }
  const withOptions = presets.filter(isNamed).filter(preset => preset.options !== undefined)
  return {
    aliases,
    facts: {
      file,
      presets: presets.filter(isNamed).map(preset => preset.name),
      ...(withOptions.length > 0 && {
        presetOptions: Object.fromEntries(withOptions.map(({ name, options }) => [name, plain(options)])),
      }),
      plugins: plugins
        .filter(isNamed)
        .map(({ name, options }) => (options === undefined ? { name } : { name, options: plain(options) })),
    },
  }
}

const isNamed = (listed: Listed | typeof unknown): listed is Listed => listed !== unknown

/** What `part` lists under `key`; `unknown` stands for each entry that is not static. */
function namesAndOptions(part: StaticData, key: string): readonly (Listed | typeof unknown)[] {
  if (part === undefined || part === null) return []
  if (!isObject(part)) return [unknown]
  const list = part[key]
  if (list === undefined || list === null) return []
  if (!isList(list)) return [unknown]
  return list.flatMap((entry): (Listed | typeof unknown)[] => {
    // Babel skips falsy entries, as `isTest && 'x'` leaves them.
    if (entry === false || entry === null || entry === undefined) return []
    const [name, options]: readonly StaticData[] = isList(entry) ? entry : [entry]
    if (typeof name !== 'string') return [unknown]
    return options === false ? [] : [{ name, options }]
  })
}

function plain(options: StaticData): Readonly<Record<string, unknown>> | 'unknown' {
  return isObject(options) && isStatic(options) ? options : 'unknown'
}

const isStatic = (data: StaticData): boolean =>
  isList(data) ? data.every(isStatic) : isObject(data) ? Object.values(data).every(isStatic) : data !== unknown
