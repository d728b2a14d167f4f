import { useEffect, useState } from 'react'
import { SettingsScreen } from './screens/SettingsScreen'
import { copyAsyncStorage } from './storage/copy-async-storage'
import { countLaunch } from './storage/settings'

export function App() {
  const [isReady, setIsReady] = useState(false)
  useEffect(() => {
    copyAsyncStorage().then(() => {
      countLaunch()
      setIsReady(true)
    })
  }, [])
  return isReady ? <SettingsScreen /> : null
}
