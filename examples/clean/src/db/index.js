import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import migrations from './migrations'
import schema from './schema'
import Person from '~/models/Person'
import Project from '~/models/Project'
import Task from '~/models/Task'

const adapter = new SQLiteAdapter({
  schema,
  migrations,
  jsi: true,
  onSetUpError: error => {
    console.error('The database could not be opened', error)
  },
})

export const database = new Database({ adapter, modelClasses: [Project, Task, Person] })
