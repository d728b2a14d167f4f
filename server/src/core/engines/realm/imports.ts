// Which names of the library an expression means, wherever they were imported from.
import type { Located, Scope, Target } from '../../catalog/scope.ts'
import type { CallValue, Value } from '../../source/value.ts'

/** Names of `realm` and `@realm/react`. */
export interface Library {
  readonly packages: readonly string[]
  /**
   * The library's name for `located`: `Realm`, `Realm.open`, `Realm.Object`, `createRealmContext`, `RealmProvider`,
   * `useQuery` … What a context made by `createRealmContext` holds goes by the plain names. The global `Realm` counts as
   * well. Undefined for everything else.
   */
  nameOf(scope: Scope, located: Located): string | undefined
  /** The library's name for what a call calls. */
  calleeOf(scope: Scope, call: Located<CallValue>): string | undefined
  /** The `createRealmContext(…)` call that `located`, a hook or a provider, comes from. */
  contextOf(scope: Scope, located: Located): Located<CallValue> | undefined
}

/** The packages that apps import; `realm` is also the name by which `@realm/react` hands `Realm` on. */
export const packages: readonly string[] = ['realm', '@realm/react', '@realm/babel-plugin']

/** The library. */
export function createLibrary(): Library {
  const nameOf = (scope: Scope, located: Located): string | undefined => {
    const target = scope.target(located)
    if (target.kind === 'external') return externalName(target.from, target.name)
    if (target.kind === 'result') return contextOf(scope, located) && target.name
    return globalName(located.value)
  }

  const contextOf = (scope: Scope, located: Located): Located<CallValue> | undefined => {
    const target: Target = scope.target(located)
    if (target.kind !== 'result') return undefined
    const callee = scope.target({ value: target.call.value.callee, file: target.call.file })
    const isContext = callee.kind === 'external' && externalName(callee.from, callee.name) === 'createRealmContext'
    return isContext ? target.call : undefined
  }

  return {
    packages,
    nameOf,
    calleeOf: (scope, call) => nameOf(scope, { value: call.value.callee, file: call.file }),
    contextOf,
  }
}

/** Everything of `realm` goes by `Realm.…`, whether it is imported by itself or as a part of the default export. */
function externalName(from: string, name: string): string | undefined {
  if (from === '@realm/react') return name.startsWith('default.') ? undefined : name
  if (from !== 'realm') return undefined
  const parts = name.split('.').filter(part => part !== '*')
  while (parts[0] === 'default' || parts[0] === 'Realm') parts.shift()
  return ['Realm', ...parts].join('.')
}

/** `Realm` and `Realm.x` where nothing in the file declares `Realm`: React Native apps may use the global. */
function globalName(value: Value): string | undefined {
  if (value.kind === 'name') return value.key === undefined && value.name === 'Realm' ? 'Realm' : undefined
  if (value.kind !== 'member' || value.name === undefined) return undefined
  const of = globalName(value.of)
  return of && `${of}.${value.name}`
}
