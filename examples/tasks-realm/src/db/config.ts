import Realm from 'realm'
import { Person } from '../models/Person'
import { Project } from '../models/Project'
import { Step } from '../models/Step'
import { Task } from '../models/Task'

export const config: Realm.Configuration = {
  path: 'tasks.realm',
  schema: [Task, Step, Project, Person],
  schemaVersion: 3,
  onMigration: (oldRealm, newRealm) => {
    if (oldRealm.schemaVersion < 2) {
      for (const task of newRealm.objects<Task>('Task')) task.priority = 1
    }
  },
  shouldCompactOnLaunch: (total: number, used: number) => total > 100 * 1024 * 1024 && used / total < 0.5,
}
