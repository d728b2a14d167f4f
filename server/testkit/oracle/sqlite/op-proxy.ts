// What op-sqlite installs as `__OPSQLiteProxy`, over real SQLite files.
import { join } from 'node:path'
import { connect, onOtherThread, runFirst } from './native-sqlite.ts'

type Command = readonly [sql: string, values?: readonly unknown[]]

/** The proxy; databases are files in `folder`. */
export const opProxy = (folder: string): object => ({
  open({ name }: { name: string }) {
    const connection = connect(join(folder, name))
    const executeSync = (sql: string, values: readonly unknown[] = []) => {
      const { rows, changes } = runFirst(connection, sql, values)
      return { rows, rowsAffected: changes }
    }
    return {
      executeSync,
      execute: (sql: string, values?: readonly unknown[]) => onOtherThread(() => executeSync(sql, values)),
      executeBatch: (commands: readonly Command[]) =>
        onOtherThread(() => {
          for (const [sql, values] of commands) executeSync(sql, values)
          return { rowsAffected: 0 }
        }),
      async flushPendingReactiveQueries() {},
      close: () => connection.close(),
    }
  },
})
