// Which names of the SQLite libraries an expression means, wherever they were imported from.
import type { Located, Scope } from '../../catalog/scope.ts'
import type { CallValue } from '../../source/value.ts'

/** The library that runs the SQL; they differ in what becomes of several statements, of parameters and of transactions. */
export type SqlPackage = 'expo-sqlite' | 'op-sqlite' | 'quick-sqlite' | 'nitro-sqlite' | 'sqlite-storage'

/** A name of one of the libraries: `openDatabaseAsync`, `SQLiteProvider`, `QuickSQLite.execute` … */
export interface LibraryName {
  readonly package: SqlPackage
  readonly name: string
}

/** Names of the libraries that run SQL. */
export interface Library {
  readonly packages: readonly string[]
  /** The library's name for `located`; undefined for everything else. */
  nameOf(scope: Scope, located: Located): LibraryName | undefined
  /** The library's name for what a call calls. */
  calleeOf(scope: Scope, call: Located<CallValue>): LibraryName | undefined
  /** The type of a library that a text such as `SQLite.SQLiteDatabase` names. */
  typeOf(scope: Scope, file: string, text: string): LibraryName | undefined
}

/** The packages by what they are called here. What else `expo-sqlite` has (`/legacy`, `/kv-store`) is another API. */
const byPackage: Readonly<Record<string, SqlPackage>> = {
  'expo-sqlite': 'expo-sqlite',
  'expo-sqlite/next': 'expo-sqlite',
  '@op-engineering/op-sqlite': 'op-sqlite',
  'react-native-quick-sqlite': 'quick-sqlite',
  'react-native-nitro-sqlite': 'nitro-sqlite',
  'react-native-sqlite-storage': 'sqlite-storage',
}

/** The packages that apps import and install. */
export const packages: readonly string[] = Object.keys(byPackage).filter(name => name !== 'expo-sqlite/next')

/** The npm package of a library. */
export const npmPackage = (name: SqlPackage): string => packages.find(one => byPackage[one] === name) ?? name

/** The library. */
export function createLibrary(): Library {
  const nameOf = (scope: Scope, located: Located): LibraryName | undefined => {
    const target = scope.target(located)
    return target.kind === 'external' ? externalName(target.from, target.name) : undefined
  }
  return {
    packages,
    nameOf,
    calleeOf: (scope, call) => nameOf(scope, { value: call.value.callee, file: call.file }),
    typeOf(scope, file, text) {
      const [, head, rest = ''] = /^(?:typeof\s+)?([\w$]+)((?:\.[\w$]+)*)(?:<.*>)?$/s.exec(text.trim()) ?? []
      if (head === undefined) return undefined
      const binding = scope.binding(file, head)
      if (!binding) return undefined
      const found = nameOf(scope, { file, value: { kind: 'name', name: head, key: head, at: binding.at } })
      const name = [found?.name, ...rest.split('.')].filter(part => part && !/^(?:default|\*|SQLite)$/.test(part))
      return found && { package: found.package, name: name.join('.') }
    },
  }
}

/** What a library exports goes by its own name, whether it is imported by itself or as a part of all. */
function externalName(from: string, name: string): LibraryName | undefined {
  const library = Object.hasOwn(byPackage, from) ? byPackage[from] : undefined
  if (library === undefined) return undefined
  const parts = name.split('.').filter(part => part !== '*' && part !== 'default')
  return { package: library, name: parts.join('.') || 'default' }
}
