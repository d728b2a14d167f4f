import { SQLiteProvider } from 'expo-sqlite'
import { useState } from 'react'
import { migrate } from './db/migrate'
import { EntryList } from './screens/EntryList'
import { Search } from './screens/Search'

export function App() {
  const [words, setWords] = useState('')
  return (
    <SQLiteProvider
      databaseName="journal.db"
      onInit={async db => {
        await db.execAsync('PRAGMA journal_mode = WAL')
        await migrate(db)
      }}
    >
      <Search onChange={setWords} />
      <EntryList words={words} />
    </SQLiteProvider>
  )
}
