import { Q } from '@nozbe/watermelondb'
import { database } from '~/db'
import { Tables } from '~/db/tables'

/** Open tasks of projects that are not archived, those that are due first in front. */
export const observeOpenTasks = limit =>
  database
    .get(Tables.tasks)
    .query(
      Q.where('is_done', false),
      Q.on(Tables.projects, 'is_archived', false),
      Q.sortBy('due_at', Q.asc),
      Q.take(limit),
    )
    .observeWithColumns(['title', 'due_at'])

/** A new project with its first tasks, all or nothing. */
export async function createProject(name, titles) {
  await database.write(async () => {
    const project = database.get(Tables.projects).prepareCreate(record => {
      record.name = name
    })
    const tasks = titles.map(title =>
      database.get(Tables.tasks).prepareCreate(record => {
        record.title = title
        record.project.set(project)
      }),
    )
    await database.batch(project, ...tasks)
  })
}
