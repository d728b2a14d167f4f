import { Model, type Relation } from '@nozbe/watermelondb'
import { date, field, immutableRelation, readonly } from '@nozbe/watermelondb/decorators'
import type { User } from './User'

export class Review extends Model {
  static table = 'reviews'
  static associations = {
    users: { type: 'belongs_to', key: 'user_id' },
  } as const

  @field('stars') stars!: number
  @readonly @date('created_at') createdAt!: Date
  @immutableRelation('users', 'user_id') user!: Relation<User>
}
