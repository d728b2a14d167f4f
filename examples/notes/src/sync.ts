import { type SyncDatabaseChangeSet, synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

const server = 'https://notes.example.com/sync'

let running: Promise<void> | undefined

/** Brings this device and the server up to date; a call during a running sync waits for that one. */
export function syncNotes(): Promise<void> {
  running ??= run().finally(() => {
    running = undefined
  })
  return running
}

async function run(): Promise<void> {
  await synchronize({
    database,
    pullChanges: async ({ lastPulledAt }) => {
      const response = await fetch(`${server}?since=${lastPulledAt ?? 0}`)
      if (!response.ok) throw new Error(await response.text())
      const { changes } = (await response.json()) as { changes: SyncDatabaseChangeSet }
      return { changes, timestamp: Date.now() }
    },
    pushChanges: async ({ changes, lastPulledAt }) => {
      const response = await fetch(`${server}?since=${lastPulledAt}`, { method: 'POST', body: JSON.stringify(changes) })
      if (!response.ok) throw new Error(await response.text())
    },
  })
}
