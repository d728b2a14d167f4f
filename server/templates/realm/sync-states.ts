// What the layer keeps of one user between its runs: small texts by name.
import type { RealmRow, SyncedRealm } from './realm-types.ts'

export interface SyncStates {
  get(name: string): string | null
  /** Within a write. */
  set(name: string, value: string): void
  /** Within a write. */
  remove(name: string): void
  /** The names that begin so, with their values. */
  startingWith(prefix: string): readonly (readonly [name: string, value: string])[]
}

export function createSyncStates(realm: SyncedRealm, userId: string, now: () => number): SyncStates {
  const scopeOf = (name: string) => `${userId}:${name}`
  const rowOf = (name: string) => realm.objectForPrimaryKey('SyncState', scopeOf(name)) as RealmRow | null
  return {
    get: name => (rowOf(name)?.['checkpoint'] as string | undefined) ?? null,
    set: (name, value) => {
      const state = { scope: scopeOf(name), userId, checkpoint: value, lastSeq: 0, updatedAt: now() }
      realm.create('SyncState', state, 'modified')
    },
    remove: name => {
      const row = rowOf(name)
      if (row) realm.delete(row)
    },
    startingWith: prefix => {
      const rows = realm.objects('SyncState').filtered('userId == $0 AND scope BEGINSWITH $1', userId, scopeOf(prefix))
      return [...rows].map(row => [String(row['scope']).slice(scopeOf('').length), String(row['checkpoint'])] as const)
    },
  }
}
