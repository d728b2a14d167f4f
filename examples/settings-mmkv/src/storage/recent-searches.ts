import { keys } from './keys'
import { storage } from './storage'

const longest = 10

export function recentSearches(): readonly string[] {
  return JSON.parse(storage.getString(keys.recentSearches)!)
}

export function rememberSearch(words: string): void {
  const others = recentSearches().filter(one => one !== words)
  storage.set(keys.recentSearches, JSON.stringify([words, ...others].slice(0, longest)))
}
