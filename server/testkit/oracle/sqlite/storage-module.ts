// The native module of react-native-sqlite-storage (`NativeModules.SQLite`), over real SQLite files.
import { join } from 'node:path'
import { type Connection, connect, runFirst } from './native-sqlite.ts'

type Done = (answer: unknown) => void
interface Batch {
  readonly dbargs: { readonly dbname: string }
  readonly executes: readonly { readonly qid: number; readonly sql: string; readonly params: readonly unknown[] }[]
}

/** The module; databases are files in `folder`. */
export function storageModule(folder: string): object {
  const open = new Map<string, Connection>()
  return {
    open({ name }: { name: string }, success: Done) {
      open.set(name, connect(join(folder, name)))
      setImmediate(success, 'opened')
    },
    close: (_options: object, success: Done) => success('closed'),
    backgroundExecuteSqlBatch({ dbargs, executes }: Batch, success: Done) {
      const connection = open.get(dbargs.dbname)!
      const answers = executes.map(({ qid, sql, params }) => {
        try {
          const { rows, changes } = runFirst(connection, sql, params)
          return { qid, type: 'success', result: { rows, rowsAffected: changes } }
        } catch (error) {
          return { qid, type: 'error', result: { message: (error as Error).message, code: 5 } }
        }
      })
      setImmediate(success, answers)
    },
  }
}
