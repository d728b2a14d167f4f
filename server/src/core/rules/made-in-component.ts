// Which functions a component makes anew at each render.
import type { Located, Scope } from '../catalog/scope.ts'

/** The function that a prop is, where the component makes it; undefined for those of the module and of `useCallback`. */
export function madeInComponent(scope: Scope, prop: Located): Located | undefined {
  const { value, file } = prop
  if (value.kind === 'function') return prop
  if (value.kind !== 'name' || value.key === undefined) return undefined
  const binding = scope.binding(file, value.key)
  const isLocal = binding?.fn !== undefined && binding.value?.kind === 'function'
  return isLocal && binding.value ? { value: binding.value, file } : undefined
}
