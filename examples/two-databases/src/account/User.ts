import { Model } from '@nozbe/watermelondb'
import { date, text } from '@nozbe/watermelondb/decorators'

/** Someone who has signed in on this device. */
export class User extends Model {
  static table = 'users'

  @text('server_url') serverUrl!: string
  @text('token') token!: string
  @date('last_login_at') lastLoginAt!: Date | null
}
