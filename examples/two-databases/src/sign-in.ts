import { Q } from '@nozbe/watermelondb'
import { accountDatabase } from './account/database'
import { User } from './account/User'
import { catalogueDatabase } from './catalogue/database'
import { User as Reviewer } from './catalogue/User'

/** Remembers a sign-in, and makes a reviewer of the same name when there is none yet. */
export async function signIn(serverUrl: string, token: string, nickname: string): Promise<void> {
  await accountDatabase.write(async () => {
    await accountDatabase.get<User>(User.table).create(user => {
      user.serverUrl = serverUrl
      user.token = token
      user.lastLoginAt = new Date()
    })
    // The other database has a queue of its own, so its writer runs inside this one.
    await catalogueDatabase.write(async () => {
      const reviewers = catalogueDatabase.get<Reviewer>(Reviewer.table)
      const known = await reviewers.query(Q.where('nickname', nickname)).fetchCount()
      if (known > 0) return
      await reviewers.create(reviewer => {
        reviewer.nickname = nickname
      })
    })
  })
}
