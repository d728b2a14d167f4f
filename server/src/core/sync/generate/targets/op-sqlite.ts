// The outbox in a database of op-sqlite, beside the app's own tables.
import { sqliteTarget } from './sqlite.ts'

export const opSqliteTarget = sqliteTarget({
  id: 'op-sqlite',
  title: 'Outbox in SQLite (op-sqlite)',
  package: '@op-engineering/op-sqlite',
  databaseType: 'DB',
  transactionType: 'Transaction',
  adapter: 'opSqliteDatabase',
  connection: 'opSql',
  template: 'op-sqlite-database.ts',
})
