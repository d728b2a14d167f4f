// Whether `@realm/babel-plugin` turns a class into a schema.
import type { Project, Scope } from '../../../catalog/scope.ts'
import type { ModelClass } from '../types.ts'

/** True when the Babel config names the plugin; undefined where only running it would tell. */
export function hasPlugin({ babel }: Project): boolean | undefined {
  if (babel === 'unknown') return undefined
  return babel?.plugins.some(plugin => /^(?:module:)?@realm(?:\/babel-plugin)?$/.test(plugin.name)) ?? false
}

/**
 * True when the plugin looks at this class: a declaration in TypeScript that extends `Realm.Object`, or `Object`, of an
 * import from `realm` or `@realm/react` (`isClassExtendingRealmObject` of version 0.2.0).
 */
export function isSeenByPlugin(scope: Scope, { file, fact, key }: ModelClass): boolean {
  if (!/\.(?:ts|tsx|mts|cts)$/.test(file)) return false
  const isDeclaration = scope.binding(file, key)?.value?.kind === 'class' && scope.binding(file, key)?.kind === 'class'
  if (!isDeclaration && key !== 'default') return false
  const base = fact.superclass
  if (base?.kind === 'member') return base.name === 'Object' && isImported(scope, file, base.of)
  return base?.kind === 'name' && base.name === 'Object' && isImported(scope, file, base)
}

const isImported = (scope: Scope, file: string, value: NonNullable<ModelClass['fact']['superclass']>): boolean =>
  value.kind === 'name' && value.key !== undefined && isFromRealm(scope, file, value.key)

/** True for a name that a file imports by an import declaration that is left at run time. */
export function isFromRealm(scope: Scope, file: string, name: string): boolean {
  const binding = scope.binding(file, name)
  const found = binding?.kind === 'import' ? binding.import : undefined
  return found !== undefined && !found.typeOnly && (found.from === 'realm' || found.from === '@realm/react')
}

/** Presets that take away imports whose names are used as types only. */
const typePresets =
  /^(?:module:)?(?:@babel\/(?:preset-)?typescript|@react-native\/babel-preset|(?:module:)?metro-react-native-babel-preset|babel-preset-expo|expo)$/

/** True when such imports are taken away before the plugin sees them; false too where that is not known. */
export function elidesTypeImports({ babel }: Project): boolean {
  if (babel === undefined || babel === 'unknown') return false
  return babel.presets.some(preset => {
    const options = babel.presetOptions?.[preset]
    const keeps = options === 'unknown' || (options !== undefined && options['onlyRemoveTypeImports'] !== undefined)
    return typePresets.test(preset) && !keeps
  })
}
