import { useSQLiteContext } from 'expo-sqlite'
import { useEffect, useState } from 'react'
import { FlatList, Text } from 'react-native'
import { type Entry, findEntries } from '../db/entries'

export function EntryList({ words }: { words: string }) {
  const db = useSQLiteContext()
  const [entries, setEntries] = useState<readonly Entry[]>([])
  useEffect(() => {
    void findEntries(db, words).then(setEntries)
  }, [db, words])
  return <FlatList data={entries} renderItem={({ item }) => <Text>{item.title}</Text>} />
}
