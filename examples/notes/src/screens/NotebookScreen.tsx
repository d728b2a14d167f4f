import { Q } from '@nozbe/watermelondb'
import { withObservables } from '@nozbe/watermelondb/react'
import { useEffect } from 'react'
import { FlatList, Pressable, Text } from 'react-native'
import { database } from '../db'
import type { Note } from '../models/Note'
import type { Notebook } from '../models/Notebook'

interface Props {
  readonly notebook: Notebook
  readonly notes: Note[]
}

function NotebookScreen({ notebook, notes }: Props) {
  // Notebooks that were opened last come first in the list.
  useEffect(() => {
    notebook.update(opened => {
      opened.position = 0
    })
  }, [notebook])

  return (
    <FlatList
      data={notes}
      keyExtractor={note => note.id}
      renderItem={({ item }) => (
        <Pressable onPress={() => item.togglePin()}>
          <Text>{item.title}</Text>
        </Pressable>
      )}
    />
  )
}

export const EnhancedNotebookScreen = withObservables(['notebook'], ({ notebook }: { notebook: Notebook }) => ({
  notebook,
  notes: database
    .get<Note>('notes')
    .query(Q.where('notebook_id', notebook.id), Q.where('isPinned', true), Q.sortBy('updated_at', Q.desc)),
}))(NotebookScreen)
