import { create } from 'zustand'
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware'
import { storage } from '../storage/storage'

const stateStorage: StateStorage = {
  getItem: name => storage.getString(name) ?? null,
  setItem: (name, value) => storage.set(name, value),
  removeItem: name => storage.remove(name),
}

interface Filters {
  readonly tags: readonly string[]
  choose(tags: readonly string[]): void
}

export const useFilters = create<Filters>()(
  persist(set => ({ tags: [], choose: tags => set({ tags }) }), {
    name: 'filters',
    storage: createJSONStorage(() => stateStorage),
  }),
)
