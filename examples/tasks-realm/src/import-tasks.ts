import type Realm from 'realm'
import { Task } from './models/Task'

interface Imported {
  readonly title: string
  readonly isDone: boolean
}

export async function importTasks(realm: Realm, url: string) {
  await realm.write(async () => {
    const response = await fetch(url)
    const tasks: readonly Imported[] = await response.json()
    for (const { title, isDone } of tasks) realm.create(Task, { title, isDone })
  })
}
