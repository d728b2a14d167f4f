// How `@realm/babel-plugin` finds the names of the library in a file.
import type { Scope } from '../../../catalog/scope.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { elidesTypeImports, isFromRealm } from './babel-plugin.ts'

/** How the plugin finds names of the library in a file. */
export interface RealmNames {
  /** True for an identifier that an import declaration of `realm` or `@realm/react` binds when the plugin looks. */
  has(name: string): boolean
  /** The same, had imports of types not been taken away. */
  wasImported(name: string): boolean
}

/** The names of a file. */
export function realmNames(scope: Scope, file: string): RealmNames {
  const elides = elidesTypeImports(scope.workspace().project(file))
  const wasImported = (name: string) => isFromRealm(scope, file, name)
  return { wasImported, has: name => wasImported(name) && (!elides || isUsedAsValue(scope, file, name)) }
}

/** True when something other than a type uses an import: then it is not taken away. */
function isUsedAsValue(scope: Scope, file: string, key: string): boolean {
  const uses = (value: Value | undefined): boolean => {
    if (!value) return false
    for (const part of walkValue(value)) if (part.kind === 'name' && part.key === key) return true
    return false
  }
  for (const name of scope.classKeys(file)) {
    const fact = scope.classOf(file, name)
    if (!fact) continue
    if (uses(fact.superclass) || fact.assigned.some(one => uses(one.value))) return true
    for (const member of fact.members)
      if (uses(member.initializer) || member.decorators.some(one => uses(one.callee) || one.args?.some(uses)))
        return true
  }
  const usage = scope.usage(file)
  if (usage?.calls.some(call => uses(call.value))) return true
  if (usage?.assigns.some(one => uses(one.value) || uses(one.target))) return true
  if (usage?.functions.some(one => one.returns.some(uses))) return true
  const module = scope.module(file)
  if (Object.values(module?.bindings ?? {}).some(one => uses(one.value))) return true
  return Object.values(module?.exports ?? {}).some(one =>
    one.kind === 'binding' ? one.key === key : one.kind === 'value' && uses(one.value),
  )
}
