import { Model, type Query } from '@nozbe/watermelondb'
import { children, date, field, readonly, text, writer } from '@nozbe/watermelondb/decorators'
import type { Note } from './Note'

export class Notebook extends Model {
  static table = 'notebooks'

  @text('name') name!: string
  @text('colour') color!: string | null
  @field('position') position!: number
  @readonly @date('created_at') createdAt!: Date
  @readonly @date('updated_at') updatedAt!: Date

  @children('notes') notes!: Query<Note>

  @writer async rename(name: string) {
    await this.update(notebook => {
      notebook.name = name
    })
  }
}
