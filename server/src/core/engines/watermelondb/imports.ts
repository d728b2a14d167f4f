// Which names of the library an expression means, wherever they were imported from.
import type { Located, Scope } from '../../catalog/scope.ts'
import type { CallValue } from '../../source/value.ts'

/** The packages of WatermelonDB and its forks; `isWatermelon` tells whether a specifier belongs to one. */
export interface Library {
  readonly packages: readonly string[]
  isWatermelon(specifier: string): boolean
  /**
   * The library's name for `located`: `appSchema`, `Q.where`, `Database`, `SQLiteAdapter` … A default export goes by its
   * module (`SQLiteAdapter` for `adapters/sqlite`). Undefined for everything else.
   */
  nameOf(scope: Scope, located: Located): string | undefined
  /** The library's name for what a call calls. */
  calleeOf(scope: Scope, call: Located<CallValue>): string | undefined
}

/** Default exports by the module that has them (`src/adapters/*`, `src/decorators/*`, `src/DatabaseProvider`). */
const defaultExports: Readonly<Record<string, string>> = {
  '': '*',
  'adapters/sqlite': 'SQLiteAdapter',
  'adapters/lokijs': 'LokiJSAdapter',
  Database: 'Database',
  Model: 'Model',
  Query: 'Query',
  Relation: 'Relation',
  'sync/SyncLogger': 'SyncLogger',
}

/** The library under the given package names. */
export function createLibrary(packages: readonly string[]): Library {
  const inside = (specifier: string): string | undefined => {
    for (const name of packages) {
      if (specifier === name) return ''
      if (specifier.startsWith(`${name}/`)) return specifier.slice(name.length + 1).replace(/\/index$/, '')
    }
    return undefined
  }

  const nameOf = (scope: Scope, located: Located): string | undefined => {
    const target = scope.target(located)
    if (target.kind !== 'external') return undefined
    const module = inside(target.from)
    if (module === undefined) return undefined
    const [first, ...rest] = target.name.split('.')
    if (first !== 'default') return module === 'QueryDescription' && rest.length === 0 ? `Q.${first}` : target.name
    const named =
      defaultExports[module] ?? (/^decorators\//.test(module) ? module.slice('decorators/'.length) : undefined)
    if (named === undefined) return undefined
    return [named, ...rest].filter(part => part !== '*').join('.')
  }

  return {
    packages,
    isWatermelon: specifier => inside(specifier) !== undefined,
    nameOf,
    calleeOf: (scope, call) => nameOf(scope, { value: call.value.callee, file: call.file }),
  }
}
