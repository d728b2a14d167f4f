import { Model } from '@nozbe/watermelondb'
import { date, field, readonly, relation, text, writer } from '@nozbe/watermelondb/decorators'
import { Tables } from '~/db/tables'

export default class Task extends Model {
  static table = Tables.tasks
  static associations = {
    [Tables.projects]: { type: 'belongs_to', key: 'project_id' },
    [Tables.people]: { type: 'belongs_to', key: 'assignee_id' },
  }

  @text('title') title: string
  @field('is_done') isDone: boolean
  @date('due_at') dueAt: ?Date
  @field('estimate') estimate: ?number
  @readonly @date('created_at') createdAt
  @readonly @date('updated_at') updatedAt

  @relation(Tables.projects, 'project_id') project
  @relation(Tables.people, 'assignee_id') assignee

  @writer async finish() {
    await this.update(task => {
      task.isDone = true
    })
  }

  @writer async assign(person) {
    await this.update(task => {
      task.assignee.set(person)
    })
  }
}
