import { TextInput } from 'react-native'
import { createMMKV, useMMKVString } from 'react-native-mmkv'

export function DraftScreen({ id }: { id: string }) {
  const drafts = createMMKV({ id: 'app.drafts' })
  const [draft = '', setDraft] = useMMKVString(`draft-${id}`, drafts)

  return <TextInput multiline value={draft} onChangeText={setDraft} />
}
