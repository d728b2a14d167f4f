import Realm from 'realm'
import { Task } from './Task'

export class Project extends Realm.Object<Project> {
  _id!: Realm.BSON.ObjectId
  name!: string
  colour: string = 'blue'
  tasks!: Realm.List<Task>

  static schema: Realm.ObjectSchema = {
    name: 'Project',
    primaryKey: '_id',
    properties: {
      _id: { type: 'objectId', default: () => new Realm.BSON.ObjectId() },
      name: 'string',
      colour: 'string',
      tasks: 'Task[]',
    },
  }
}
