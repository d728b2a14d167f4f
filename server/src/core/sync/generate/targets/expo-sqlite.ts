// The outbox in a database of expo-sqlite, beside the app's own tables.
import { sqliteTarget } from './sqlite.ts'

export const expoSqliteTarget = sqliteTarget({
  id: 'expo-sqlite',
  title: 'Outbox in SQLite (expo-sqlite)',
  package: 'expo-sqlite',
  databaseType: 'SQLiteDatabase',
  transactionType: 'SQLiteDatabase',
  adapter: 'expoSqliteDatabase',
  connection: 'expoSql',
  template: 'expo-sqlite-database.ts',
})
