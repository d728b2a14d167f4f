import { Model } from '@nozbe/watermelondb'
import { children, text } from '@nozbe/watermelondb/decorators'
import { Tables } from '~/db/tables'

export default class Person extends Model {
  static table = Tables.people
  static associations = {
    [Tables.tasks]: { type: 'has_many', foreignKey: 'assignee_id' },
  }

  @text('name') name: string
  @text('email') email: ?string

  @children(Tables.tasks) tasks
}
