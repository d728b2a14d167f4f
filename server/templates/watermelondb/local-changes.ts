// Looks for changes in the app's database that are not on the server.
import { type Database, Q } from '@nozbe/watermelondb'

/** How many records of these tables wait to be sent. */
export async function countUnsynced(database: Database, tables: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    tables.map(async table => {
      const edited = await database
        .get(table)
        .query(Q.where('_status', Q.notEq('synced')))
        .fetchCount()
      return edited + (await database.adapter.getDeletedRecords(table)).length
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Calls `listener` after each write of the app to these tables; what the sync itself writes is not one. */
export function onLocalChange(database: Database, tables: readonly string[], listener: () => void): () => void {
  const subscription = database.withChangesForTables([...tables]).subscribe(changes => {
    if (changes?.some(({ record }) => record._raw._status !== 'synced')) listener()
  })
  return () => subscription.unsubscribe()
}
