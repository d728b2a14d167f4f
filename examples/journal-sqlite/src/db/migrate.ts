import type { SQLiteDatabase } from 'expo-sqlite'

const DATABASE_VERSION = 3

/** Brings the tables of a phone to the version of this app, one step after the other. */
export async function migrate(db: SQLiteDatabase) {
  await db.withTransactionAsync(async () => {
    const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
    let version = row?.user_version ?? 0
    if (version >= DATABASE_VERSION) return
    if (version < 1) {
      await db.execAsync(`
        CREATE TABLE journals (
          id INTEGER PRIMARY KEY NOT NULL,
          name TEXT NOT NULL
        );
        CREATE TABLE entries (
          id INTEGER PRIMARY KEY NOT NULL,
          journal_id INTEGER NOT NULL REFERENCES journals (id) ON DELETE CASCADE,
          title TEXT NOT NULL,
          body TEXT NOT NULL DEFAULT '',
          created_at INTEGER NOT NULL
        );
      `)
      version = 1
    }
    if (version < 2) {
      await db.execAsync('CREATE INDEX entries_by_journal ON entries (journal_id, created_at)')
      version = 2
    }
    if (version < 3) {
      await db.execAsync('ALTER TABLE entries ADD COLUMN mood TEXT NOT NULL')
      version = 3
    }
    await db.execAsync(`PRAGMA user_version = ${DATABASE_VERSION}`)
  })
}
