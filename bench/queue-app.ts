// The app whose sync layer is measured: notes in expo-sqlite. Its outbox is in the same database, or in MMKV.

export const notesTable = `CREATE TABLE IF NOT EXISTS notes (
  id TEXT PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  body TEXT,
  pinned BOOLEAN NOT NULL DEFAULT 0,
  updated_at INTEGER NOT NULL
)`

const packages = ['expo', 'expo-sqlite', 'react-native', 'react-native-mmkv', 'react-native-nitro-modules']

export const notesApp: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ dependencies: Object.fromEntries(packages.map(name => [name, '*'])) }),
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('notes.db')

export const createTables = () => db.execAsync(\`${notesTable}\`)
`,
}

/** A note as the measured app makes it, by its number. */
export function noteOf(number: number) {
  return { title: `Note ${number}`, body: 'What a person types. '.repeat(8), pinned: false, updated_at: number }
}

export type Note = ReturnType<typeof noteOf>

export const noteId = (number: number): string => `note-${String(number).padStart(8, '0')}`
