import Realm from 'realm'
import { Person } from './Person'
import { Project } from './Project'
import { Step } from './Step'

export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  title!: string
  isDone!: boolean
  priority!: number
  dueAt!: Date
  createdAt!: Date
  assignee!: Person | null
  steps!: Realm.List<Step>
  projects!: Realm.Results<Project>

  static schema: Realm.ObjectSchema = {
    name: 'Task',
    primaryKey: '_id',
    properties: {
      _id: { type: 'objectId', default: () => new Realm.BSON.ObjectId() },
      title: 'string',
      isDone: { type: 'bool', default: false, indexed: true },
      priority: { type: 'int', default: 0 },
      dueAt: 'date?',
      createdAt: { type: 'date', default: new Date() },
      assignee: 'Person',
      steps: 'Step[]',
      projects: { type: 'linkingObjects', objectType: 'Project', property: 'tasks' },
    },
  }
}
