import AsyncStorage from '@react-native-async-storage/async-storage'
import { storage } from './storage'

export async function copyAsyncStorage(): Promise<void> {
  if (storage.getBoolean('has-copied')) return
  for (const key of await AsyncStorage.getAllKeys()) {
    const value = await AsyncStorage.getItem(key)
    if (value !== null) storage.set(key, value)
    AsyncStorage.removeItem(key)
  }
  storage.set('has-copied', true)
}
