import { useState } from 'react'
import { FlatList, Pressable, Text, TextInput } from 'react-native'
import { useQuery, useRealm } from '../db'
import { Project } from '../models/Project'
import { Task } from '../models/Task'

export function TaskList() {
  const realm = useRealm()
  const [words, setWords] = useState('')
  const tasks = useQuery(Task, all => all.filtered(`title CONTAINS[c] '${words}'`), [words])
  const urgent = useQuery(Task).filtered('done == false AND priority > 2')

  const addProject = (name: string) => realm.write(() => new Project(realm, { name, colour: 'red' }))
  const toggle = (task: Task) =>
    realm.write(() => {
      task.isDone = !task.isDone
    })

  return (
    <>
      <TextInput value={words} onChangeText={setWords} onSubmitEditing={() => addProject(words)} />
      <Text>{urgent.length} urgent</Text>
      <FlatList
        data={tasks}
        renderItem={({ item }) => (
          <Pressable onPress={() => toggle(item)}>
            <Text>{item.title}</Text>
          </Pressable>
        )}
      />
    </>
  )
}
