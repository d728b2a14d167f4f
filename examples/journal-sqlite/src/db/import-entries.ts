import type { SQLiteDatabase } from 'expo-sqlite'
import type { Entry } from './entries'

/** Writes the entries of a backup into a journal. */
export async function importEntries(db: SQLiteDatabase, journal: number, entries: readonly Entry[]) {
  const insert = await db.prepareAsync(
    'INSERT INTO entries (journal_id, title, body, mood, created_at) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { title, body, mood, created_at } of entries)
    await insert.executeAsync(journal, title, body, mood, created_at)
  await insert.finalizeAsync()
}
