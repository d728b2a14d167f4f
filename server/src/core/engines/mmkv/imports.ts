// Which names of the library an expression means, wherever they were imported from.
import type { Located, Scope } from '../../catalog/scope.ts'
import type { CallValue } from '../../source/value.ts'

/** Names of `react-native-mmkv`. */
export interface Library {
  readonly packages: readonly string[]
  /** The library's name for `located`: `MMKV`, `createMMKV`, `useMMKVString`, `Mode.MULTI_PROCESS` … Undefined for everything else. */
  nameOf(scope: Scope, located: Located): string | undefined
  /** The library's name for what a call calls. */
  calleeOf(scope: Scope, call: Located<CallValue>): string | undefined
}

export const packages: readonly string[] = ['react-native-mmkv']

/** The library. */
export function createLibrary(): Library {
  const nameOf = (scope: Scope, located: Located): string | undefined => {
    const target = scope.target(located)
    if (target.kind === 'external') return packages.includes(target.from) ? plainName(target.name) : undefined
    // `require('react-native-mmkv').MMKV`, `(await import('react-native-mmkv')).createMMKV`
    if (target.kind !== 'result' || target.call.value.isNew) return undefined
    const { callee, args } = target.call.value
    const isModule = callee.kind === 'name' && callee.key === undefined && /^(?:require|import)$/.test(callee.name)
    const [from] = args
    return isModule && from?.kind === 'string' && packages.includes(from.text) ? plainName(target.name) : undefined
  }
  return {
    packages,
    nameOf,
    calleeOf: (scope, call) => nameOf(scope, { value: call.value.callee, file: call.file }),
  }
}

/** `createMMKV` for `*.createMMKV` and `default.createMMKV`, by which a whole module hands it on. */
function plainName(name: string): string | undefined {
  const parts = name.split('.').filter(part => part !== '*' && part !== 'default')
  return parts.length > 0 ? parts.join('.') : undefined
}
