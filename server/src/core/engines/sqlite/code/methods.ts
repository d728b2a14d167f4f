// What the methods of each library do with SQL.

import type { SqlPackage } from '../imports.ts'
import type { Method } from '../types.ts'

/** How a call of a database, a transaction or a prepared statement is understood. */
export type MethodKind =
  /** The first argument is SQL, the second (or all others) what is bound. */
  | { readonly kind: 'sql'; readonly method: Method }
  /** The first argument is a list of commands. */
  | { readonly kind: 'batch'; readonly method: Method }
  /** The first argument is `{ query, arguments }`. */
  | { readonly kind: 'reactive'; readonly method: Method }
  /** The first argument is a function that runs in a transaction. */
  | { readonly kind: 'transaction'; readonly name: string }

type Traits = Pick<Method, 'runs' | 'binds' | 'isSync' | 'gives'>
type Table = Readonly<Record<string, readonly [kind: MethodKind['kind'], traits?: Traits]>>

const traits = (runs: Method['runs'], binds: Method['binds'], gives: Method['gives'], isSync = false): Traits => ({
  runs,
  binds,
  gives,
  isSync,
})

/** `name` in its two forms. */
const both = (name: string, kind: MethodKind['kind'], of: Traits): Table => ({
  [`${name}Async`]: [kind, of],
  [`${name}Sync`]: [kind, { ...of, isSync: true }],
})

/** `expo-sqlite/src/SQLiteDatabase.ts`; `prepare` takes the first statement and drops the rest. */
const expo: Table = {
  ...both('exec', 'sql', traits('all', 'nothing', 'result')),
  ...both('run', 'sql', traits('first', 'any', 'result')),
  ...both('getFirst', 'sql', traits('first', 'any', 'row')),
  ...both('getAll', 'sql', traits('first', 'any', 'rows')),
  ...both('getEach', 'sql', traits('first', 'any', 'rows')),
  ...both('prepare', 'sql', traits('first', 'nothing', 'statement')),
  sql: ['sql', traits('first', 'tag', 'rows')],
  withTransactionAsync: ['transaction'],
  withTransactionSync: ['transaction'],
  withExclusiveTransactionAsync: ['transaction'],
}

/** `src/functions.ts` of op-sqlite: every statement of a text is run, with the same list bound to each. */
const op: Table = {
  execute: ['sql', traits('all', 'list', 'rows')],
  executeAsync: ['sql', traits('all', 'list', 'rows')],
  executeSync: ['sql', traits('all', 'list', 'rows', true)],
  executeRaw: ['sql', traits('all', 'list', 'rows')],
  executeRawSync: ['sql', traits('all', 'list', 'rows', true)],
  executeRawAsync: ['sql', traits('all', 'list', 'rows')],
  executeWithHostObjects: ['sql', traits('all', 'list', 'rows')],
  executeBatch: ['batch', traits('all', 'list', 'result')],
  executeBatchAsync: ['batch', traits('all', 'list', 'result')],
  prepareStatement: ['sql', traits('first', 'nothing', 'statement', true)],
  reactiveExecute: ['reactive', traits('all', 'list', 'rows', true)],
  transaction: ['transaction'],
}

const quick: Table = {
  execute: ['sql', traits('first', 'list', 'rows', true)],
  executeAsync: ['sql', traits('first', 'list', 'rows')],
  executeBatch: ['batch', traits('first', 'list', 'result', true)],
  executeBatchAsync: ['batch', traits('first', 'list', 'result')],
  transaction: ['transaction'],
}

const storage: Table = {
  executeSql: ['sql', traits('first', 'list', 'rows')],
  sqlBatch: ['batch', traits('first', 'list', 'result')],
  transaction: ['transaction'],
  readTransaction: ['transaction'],
}

const tables: Readonly<Record<SqlPackage, Table>> = {
  'expo-sqlite': expo,
  'op-sqlite': op,
  'quick-sqlite': quick,
  'nitro-sqlite': quick,
  'sqlite-storage': storage,
}

/** The names of all methods of all libraries. */
export const methodNames: readonly string[] = [...new Set(Object.values(tables).flatMap(table => Object.keys(table)))]

/** What `name` does in a library; undefined where it has nothing to do with SQL. */
export function methodOf(library: SqlPackage, name: string): MethodKind | undefined {
  const table = tables[library]
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  if (!found) return undefined
  const [kind, own] = found
  if (kind === 'transaction') return { kind, name }
  return own && { kind, method: { name, package: library, ...own } }
}

/** Names that only databases of expo-sqlite have, whatever they are called by. */
export const isTelling = (name: string): boolean =>
  /^(?:(?:exec|run|getFirst|getAll|getEach|prepare)(?:Async|Sync)|with(?:Exclusive)?TransactionAsync|withTransactionSync)$/.test(
    name,
  )
