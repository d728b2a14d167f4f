// Whether a build keeps the fields of a class that have no initial value.
import type { Project, Scope } from '../../../catalog/scope.ts'

/** Presets that know neither types nor Flow, whose options say nothing about fields. */
const plainPresets = /^@babel\/(?:preset-)?(?:env|react)$/
const typescript = /^@babel\/(?:preset-typescript|plugin-transform-typescript|transform-typescript|typescript)$/

/**
 * True when a field without an initial value certainly is there at run time, where it hides the accessor of the property:
 * Babel was told to keep such fields, or TypeScript's own compiler keeps them. React Native's and Expo's presets take all
 * of them away, from JavaScript too (they strip the types of Flow first).
 */
export function keepsBareFields(scope: Scope, file: string): boolean {
  const project = scope.workspace().project(file)
  const isTyped = /\.[cm]?tsx?$/.test(file)
  if (project.babel === 'unknown') return false
  if (project.babel) return isTyped ? keepsTyped(project) : keepsPlain(project)
  // Metro works with Babel where there is no config too.
  if (isReactNative(scope, project)) return false
  if (!isTyped) return true
  const { useDefineForClassFields, target } = project.tsconfig ?? {}
  return useDefineForClassFields ?? (target !== undefined && /^(?:es(?:202[2-9]|20[3-9]\d)|esnext)$/i.test(target))
}

function keepsTyped({ babel }: Project): boolean {
  if (!babel || babel === 'unknown') return false
  const options = [
    ...babel.plugins.filter(plugin => typescript.test(plugin.name)).map(plugin => plugin.options),
    ...babel.presets.filter(preset => typescript.test(preset)).map(preset => babel.presetOptions?.[preset]),
  ]
  const keeps = options.some(one => one !== undefined && one !== 'unknown' && one['allowDeclareFields'] === true)
  return keeps && babel.presets.every(preset => plainPresets.test(preset) || typescript.test(preset)) && !hasFlow(babel)
}

function keepsPlain({ babel }: Project): boolean {
  if (!babel || babel === 'unknown') return false
  return babel.presets.every(preset => plainPresets.test(preset) || typescript.test(preset)) && !hasFlow(babel)
}

const hasFlow = ({ plugins }: { readonly plugins: readonly { readonly name: string }[] }): boolean =>
  plugins.some(plugin => /flow/.test(plugin.name))

function isReactNative(scope: Scope, project: Project): boolean {
  if (project.versions['@realm/react'] !== undefined) return true
  const isNative = (from: string) => /^(?:react-native|expo)(?:$|[/-])/.test(from)
  return scope
    .files()
    .some(
      file =>
        scope.workspace().project(file) === project &&
        scope.module(file)?.imports.some(one => isNative(one.from)) === true,
    )
}
