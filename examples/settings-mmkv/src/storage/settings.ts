import { keys } from './keys'
import { storage } from './storage'

export type Theme = 'light' | 'dark' | 'system'

export const setTheme = (theme: Theme) => storage.set(keys.theme, theme)
export const setSendReports = (isOn: boolean) => storage.set(keys.sendReports, isOn)

export const sendsReports = () => storage.getBoolean(keys.sendReports) || true

export function countLaunch(): number {
  const launches = (storage.getNumber(keys.launches) ?? 0) + 1
  storage.set(keys.launches, launches)
  return launches
}
