// What the code of a file is read with.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Library, SqlPackage } from '../imports.ts'
import type { SqliteStore, Transaction } from '../types.ts'
import type { Callers } from './callers.ts'
import type { Handle } from './handle.ts'

/** The surroundings of code. */
export interface CodeWorld {
  readonly scope: Scope
  readonly library: Library
  readonly callers: Callers
  handleOf(located: Located): Handle | undefined
  /** The database of a handle in `file`: that of its opening, else the only one of the library that `file` can mean. */
  storeOf(handle: Handle, file: string): SqliteStore | undefined
  /** The database of a library that opens the file of that name. */
  storeCalled(library: SqlPackage, name: string | undefined, file: string): SqliteStore | undefined
  /** True where the app of `file` opens a database with expo-sqlite. */
  usesExpo(file: string): boolean
  transactions(file: string): readonly Transaction[]
}
