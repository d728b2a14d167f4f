import { Model, type Relation } from '@nozbe/watermelondb'
import { relation, text } from '@nozbe/watermelondb/decorators'
import type { Note } from './Note'

export class Tag extends Model {
  static table = 'tags'
  static associations = {
    notes: { type: 'belongs_to', key: 'note_id' },
  } as const

  @text('name') name!: string
  @relation('notes', 'note_id') note!: Relation<Note>
}
