// What the generator must know of a library that runs SQLite.

/** What differs between the libraries. */
export interface SqliteLibrary {
  readonly id: 'expo-sqlite' | 'op-sqlite'
  /** As the engine calls the library that opens a store. */
  readonly title: string
  readonly package: string
  /** The type of an opened database, and of a transaction on it. */
  readonly databaseType: string
  readonly transactionType: string
  readonly adapter: 'expoSqliteDatabase' | 'opSqliteDatabase'
  readonly connection: 'expoSql' | 'opSql'
  readonly template: 'expo-sqlite-database.ts' | 'op-sqlite-database.ts'
}
