// The native module of expo-sqlite (`ExpoSQLite`), over real SQLite files.
import { type Connection, connect, onOtherThread, runFirst } from './native-sqlite.ts'

/** The module that `requireNativeModule('ExpoSQLite')` gives; databases are files in `folder`. */
export function expoModule(folder: string): object {
  const open = new Map<string, Connection>()

  class NativeDatabase {
    readonly connection: Connection
    constructor(path: string, options: { useNewConnection?: boolean } = {}) {
      const known = options.useNewConnection ? undefined : open.get(path)
      this.connection = known ?? connect(path)
      if (!options.useNewConnection) open.set(path, this.connection)
    }
    initSync() {}
    async initAsync() {}
    isInTransactionSync = () => this.connection.inTransaction
    isInTransactionAsync = () => onOtherThread(() => this.connection.inTransaction)
    execSync = (sql: string) => this.connection.exec(sql)
    execAsync = (sql: string) => onOtherThread(() => this.connection.exec(sql))
    prepareSync = (statement: NativeStatement, sql: string) => Object.assign(statement, { sql })
    prepareAsync = (statement: NativeStatement, sql: string) => onOtherThread(() => Object.assign(statement, { sql }))
    async closeAsync() {
      if (open.get('') !== this.connection && ![...open.values()].includes(this.connection)) this.connection.close()
    }
  }

  class NativeStatement {
    sql = ''
    run(database: NativeDatabase, bound: Record<string, unknown>) {
      const { rows, changes } = runFirst(database.connection, this.sql, Object.values(bound))
      return { changes, lastInsertRowId: 0, firstRowValues: Object.values(rows[0] ?? {}) }
    }
    runSync = (database: NativeDatabase, bound: Record<string, unknown>) => this.run(database, bound)
    runAsync = (database: NativeDatabase, bound: Record<string, unknown>) =>
      onOtherThread(() => this.run(database, bound))
    finalizeSync() {}
    async finalizeAsync() {}
  }

  return {
    NativeDatabase,
    NativeStatement,
    defaultDatabaseDirectory: folder,
    ensureDatabasePathExistsSync() {},
    async ensureDatabasePathExistsAsync() {},
  }
}
