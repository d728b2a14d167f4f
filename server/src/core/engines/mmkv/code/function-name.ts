// What a function is called by.
import type { Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'

/**
 * The name of a function, of the variable or the member of a class that holds it, or of the property of an object in a
 * variable; undefined where it has none.
 */
export function functionName(scope: Scope, file: string, fn: number): string | undefined {
  const fact = scope.usage(file)?.functions[fn]
  if (!fact) return undefined
  if (fact.name !== undefined && fact.kind !== 'arrow') return fact.name
  for (const { name, value } of Object.values(scope.module(file)?.bindings ?? {})) {
    const found = value && nameIn(value, name, fn)
    if (found !== undefined) return found
  }
  for (const one of Object.values(scope.module(file)?.exports ?? {})) {
    const found = one.kind === 'value' ? nameIn(one.value, 'default', fn) : undefined
    if (found !== undefined) return found
  }
  for (const key of scope.classKeys(file))
    for (const { name, initializer } of scope.classOf(file, key)?.members ?? [])
      if (initializer?.kind === 'function' && initializer.id === fn) return name
  return fact.name
}

function nameIn(value: Value, name: string, fn: number): string | undefined {
  if (value.kind === 'function') return value.id === fn ? name : undefined
  // `useCallback((key) => …)` is called by the name of the variable.
  if (value.kind === 'call') return value.args.some(one => one.kind === 'function' && one.id === fn) ? name : undefined
  if (value.kind !== 'object') return undefined
  for (const prop of value.props) {
    const found = prop.kind === 'named' ? nameIn(prop.value, prop.name, fn) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
