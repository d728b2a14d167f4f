import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { Review } from './Review'
import { catalogueSchema } from './schema'
import { User } from './User'

export const catalogueAdapter = new SQLiteAdapter({ dbName: 'catalogue', schema: catalogueSchema, jsi: true })

export const catalogueDatabase = new Database({ adapter: catalogueAdapter, modelClasses: [User, Review] })
