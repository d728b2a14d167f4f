import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { Note } from '../models/Note'
import { Notebook } from '../models/Notebook'
import { Tag } from '../models/Tag'
import { schema } from './schema'

const adapter = new SQLiteAdapter({
  schema,
  dbName: 'notes',
  jsi: true,
  onSetUpError: error => {
    console.error('The notes could not be opened', error)
  },
})

export const database = new Database({ adapter, modelClasses: [Notebook, Note, Tag] })
