import { Model, Q } from '@nozbe/watermelondb'
import { children, date, field, json, lazy, readonly, text, writer } from '@nozbe/watermelondb/decorators'
import { Tables } from '~/db/tables'

const readSettings = raw => (raw && typeof raw === 'object' ? raw : {})

export default class Project extends Model {
  static table = Tables.projects
  static associations = {
    [Tables.tasks]: { type: 'has_many', foreignKey: 'project_id' },
  }

  @text('name') name: string
  @field('is_archived') isArchived: boolean
  @json('settings', readSettings) settings
  @readonly @date('created_at') createdAt
  @readonly @date('updated_at') updatedAt

  @children(Tables.tasks) tasks

  @lazy openTasks = this.tasks.extend(Q.where('is_done', false), Q.sortBy('due_at', Q.asc))

  @writer async archive() {
    const tasks = await this.tasks.fetch()
    await this.batch(
      this.prepareUpdate(project => {
        project.isArchived = true
      }),
      ...tasks.map(task => task.prepareMarkAsDeleted()),
    )
  }
}
