import { Model, type Query } from '@nozbe/watermelondb'
import { children, text } from '@nozbe/watermelondb/decorators'
import type { Review } from './Review'

/** Someone who has written reviews. */
export class User extends Model {
  static table = 'users'
  static associations = {
    reviews: { type: 'has_many', foreignKey: 'user_id' },
  } as const

  @text('nickname') nickname!: string
  @text('avatar_url') avatarUrl!: string | null
  @children('reviews') reviews!: Query<Review>
}
