// What the static config of Babel or TypeScript does to the library's decorators.
import type { BabelConfig, Project, TsConfigFacts } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { quoted, styleOf } from '../../../write/style.ts'

/** A set-up in which decorators certainly do not work. */
export type BadSetup =
  | { readonly kind: 'no-plugin' | 'not-legacy' | 'order' | 'declare'; readonly file: string; readonly plugin: string }
  | { readonly kind: 'off'; readonly file: string }
  | { readonly kind: 'define'; readonly file: string }

/** Presets whose decorators are known: none. Others may bring the plugin along, as Expo's does. */
const plainPresets = new Set([
  '@react-native/babel-preset',
  'metro-react-native-babel-preset',
  '@babel/preset-env',
  '@babel/preset-react',
  '@babel/preset-flow',
  '@babel/preset-typescript',
])
const reactNative = new Set(['@react-native/babel-preset', 'metro-react-native-babel-preset'])
const decoratorsPlugin = '@babel/plugin-proposal-decorators'

/** The full name of a preset or plugin: `module:` and Babel's short forms are resolved. */
const fullName = (name: string, kind: 'preset' | 'plugin'): string =>
  name.replace(/^module:/, '').replace(/^@babel\/(?!preset|plugin)/, `@babel/${kind}-`)

/** What is wrong with a project's set-up; undefined where nothing certainly is. `hasDeclare`: some bound property is declared. */
export function badSetup(project: Project, hasDeclare: () => boolean, isWeb: boolean): BadSetup | undefined {
  if (project.babel === 'unknown') return undefined
  if (project.babel) return badBabel(project.babel, hasDeclare)
  // Without a Babel config Metro still uses Babel, so tsconfig speaks only for bundlers of the web.
  return isWeb && project.tsconfig ? badTsConfig(project.tsconfig) : undefined
}

function badBabel({ file, presets, plugins }: BabelConfig, hasDeclare: () => boolean): BadSetup | undefined {
  const presetNames = presets.map(name => fullName(name, 'preset'))
  const names = plugins.map(plugin => fullName(plugin.name, 'plugin'))
  const isNative = presetNames.some(name => reactNative.has(name)) && presetNames.every(name => plainPresets.has(name))
  const at = names.findIndex(name => /decorators/.test(name))
  const plugin = plugins[at]
  if (!plugin)
    return isNative && hasOnlyKnown(names) ? { kind: 'no-plugin', file, plugin: decoratorsPlugin } : undefined
  // Several entries come from `env`, where each environment has its own order.
  if (names[at] !== decoratorsPlugin || names.filter(name => name === decoratorsPlugin).length > 1) return undefined
  if (plugin.options === 'unknown') return undefined
  const isLegacy = plugin.options?.['legacy'] === true || plugin.options?.['version'] === 'legacy'
  if (!isLegacy) return { kind: 'not-legacy', file, plugin: plugin.name }
  const properties = names.findIndex(name => /^@babel\/plugin-(?:proposal|transform)-class-properties$/.test(name))
  if (properties >= 0 && properties < at) return { kind: 'order', file, plugin: plugin.name }
  const hasTypes = [...names, ...presetNames].some(name => /typescript/.test(name))
  return isNative && !hasTypes && hasDeclare() ? { kind: 'declare', file, plugin: plugin.name } : undefined
}

/** Plugins that say nothing about decorators; a plugin that is not known might bring them. */
const hasOnlyKnown = (names: readonly string[]): boolean =>
  names.every(name =>
    /^(?:@babel\/|(?:babel-plugin-)?module-resolver$|react-native-reanimated\/|react-native-worklets\/|(?:babel-plugin-)?inline-import$|(?:babel-plugin-)?transform-remove-console$|react-native-paper\/babel$)/.test(
      name,
    ),
  )

function badTsConfig({ file, experimentalDecorators, useDefineForClassFields }: TsConfigFacts): BadSetup | undefined {
  if (experimentalDecorators === false) return { kind: 'off', file }
  return experimentalDecorators && useDefineForClassFields ? { kind: 'define', file } : undefined
}

/** The edit that mends the config; undefined where its text is not at hand or not written as usual. */
export function mendSetup(bad: BadSetup, context: FixContext): TextEdit | undefined {
  const text = context.text(bad.file)
  if (text === undefined) return undefined
  const replace = (pattern: RegExp, by: string): TextEdit | undefined => {
    const all = [...text.matchAll(pattern)]
    const [one] = all
    return one && all.length === 1
      ? { file: bad.file, start: one.index, end: one.index + one[0].length, text: by }
      : undefined
  }
  if (bad.kind === 'off') return replace(/"experimentalDecorators"\s*:\s*false/g, '"experimentalDecorators": true')
  if (bad.kind === 'define') return replace(/"useDefineForClassFields"\s*:\s*true/g, '"useDefineForClassFields": false')
  const style = /\.json$|\.babelrc$/.test(bad.file) ? { ...styleOf(text), quote: '"' as const } : styleOf(text)
  const key = style.quote === '"' && /"presets"|"plugins"/.test(text) ? '"legacy"' : 'legacy'
  const entry = `[${quoted(bad.kind === 'no-plugin' ? decoratorsPlugin : bad.plugin, style)}, { ${key}: true }]`
  if (bad.kind === 'not-legacy') {
    const name = bad.plugin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    // A name that stands alone in its list or between commas, not in a list of its own.
    return replace(
      new RegExp(`(?<=\\[\\s*|,\\s*)(?<!\\[\\s*\\[\\s*|,\\s*\\[\\s*)(['"])${name}\\1(?=\\s*[,\\]])`, 'g'),
      entry,
    )
  }
  if (bad.kind !== 'no-plugin') return undefined
  const first = replace(/(?<=\bplugins['"]?\s*:\s*\[)\s*(?=[^\s\]])/g, '')
  if (first) return { ...first, start: first.end, text: `${entry}, ` }
  const presets = replace(/(?<=(['"]?)\bpresets['"]?\s*:\s*\[[^[\]]*\])/g, '')
  const isQuoted = /["']presets["']/.test(text)
  return /\bplugins\b/.test(text) || !presets
    ? undefined
    : { ...presets, text: `, ${isQuoted ? '"plugins"' : 'plugins'}: [${entry}]` }
}
