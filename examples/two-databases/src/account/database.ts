import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { accountMigrations } from './migrations'
import { accountSchema } from './schema'
import { User } from './User'

export const accountAdapter = new SQLiteAdapter({
  dbName: 'account',
  schema: accountSchema,
  migrations: accountMigrations,
  jsi: true,
})

export const accountDatabase = new Database({ adapter: accountAdapter, modelClasses: [User] })
