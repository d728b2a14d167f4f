import { Model, type Query, type Relation } from '@nozbe/watermelondb'
import { children, date, field, readonly, relation, text, writer } from '@nozbe/watermelondb/decorators'
import type { Notebook } from './Notebook'
import type { Tag } from './Tag'

export class Note extends Model {
  static table = 'notes'
  static associations = {
    notebooks: { type: 'belongs_to', key: 'notebook_id' },
    tags: { type: 'has_many', foreignKey: 'note_id' },
  } as const

  @text('title') title!: string
  @field('body') body!: string
  @field('is_pinned') isPinned!: boolean
  @date('remind_at') remindAt!: Date | null
  @readonly @date('created_at') createdAt!: Date
  @readonly @date('updated_at') updatedAt!: Date

  @relation('notebooks', 'notebook_id') notebook!: Relation<Notebook>
  @children('tags') tags!: Query<Tag>

  @writer async togglePin() {
    await this.update(note => {
      note.isPinned = !note.isPinned
    })
  }

  @writer async addTag(name: string) {
    return this.collections.get<Tag>('tags').create(tag => {
      tag.note.set(this)
      tag.name = name
    })
  }
}
