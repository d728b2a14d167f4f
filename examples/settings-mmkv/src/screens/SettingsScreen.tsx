import { Pressable, Switch, Text } from 'react-native'
import { useMMKVBoolean, useMMKVString } from 'react-native-mmkv'
import { keys } from '../storage/keys'
import { readerStorage, setTextSize } from '../storage/reader'
import { storage } from '../storage/storage'
import { useFilters } from '../stores/filters'

export function SettingsScreen() {
  const [theme = 'system', setTheme] = useMMKVString(keys.theme, storage)
  const [sendReports = true, setSendReports] = useMMKVBoolean(keys.sendReports, storage)
  const textSize = readerStorage.getString('text-size') ?? '16'
  const choose = useFilters(filters => filters.choose)

  return (
    <>
      <Pressable onPress={() => setTheme(theme === 'dark' ? 'light' : 'dark')}>
        <Text style={{ fontSize: Number(textSize) }}>{theme}</Text>
      </Pressable>
      <Switch value={sendReports} onValueChange={setSendReports} />
      <Pressable onPress={() => setTextSize(Number(textSize) + 1)}>
        <Text>Larger text</Text>
      </Pressable>
      <Pressable onPress={() => choose([])}>
        <Text>All tags</Text>
      </Pressable>
    </>
  )
}
