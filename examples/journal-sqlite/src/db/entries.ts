import type { SQLiteDatabase } from 'expo-sqlite'

export interface Entry {
  readonly id: number
  readonly journal_id: number
  readonly title: string
  readonly body: string
  readonly mood: string
  readonly created_at: number
}

/** The entries of a journal, the newest first. */
export const entriesOf = (db: SQLiteDatabase, journal: number) =>
  db.getAllAsync<Entry>(
    `SELECT e.*
    FROM entries e
    JOIN journals j ON j.id = e.journal_id
    WHERE j.id = ?
    ORDER BY e.created DESC`,
    journal,
  )

export const findEntries = (db: SQLiteDatabase, words: string) =>
  db.getAllAsync<Entry>(`SELECT * FROM entries WHERE title LIKE '%${words}%' ORDER BY created_at DESC`)

export const addEntry = (db: SQLiteDatabase, journal: number, title: string, mood: string) =>
  db.runAsync(
    'INSERT INTO entries (journal_id, title, mood, created_at) VALUES (?, ?, ?, ?)',
    journal,
    title,
    mood,
    Date.now(),
  )

export const renameEntry = (db: SQLiteDatabase, id: number, title: string) =>
  db.runAsync('UPDATE entries SET title = $title WHERE id = $id', { title, $id: id })

/** Deletes a journal with all its entries. */
export async function deleteJournal(db: SQLiteDatabase, id: number) {
  await db.withExclusiveTransactionAsync(async txn => {
    await db.runAsync('DELETE FROM entries WHERE journal_id = ?', id)
    await txn.runAsync('DELETE FROM journals WHERE id = ?', id)
  })
}

/** Forgets everything. */
export const clear = (db: SQLiteDatabase) => db.runAsync('DELETE FROM entries; DELETE FROM journals')
