import { TextInput } from 'react-native'

export const Search = ({ onChange }: { onChange: (words: string) => void }) => (
  <TextInput placeholder="Search" onChangeText={onChange} />
)
