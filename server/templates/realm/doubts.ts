// Records of which it is not known for sure what the server holds: it is asked before anything else is sent.
import type { EntityRef } from '../sync/types.ts'
import type { SyncStates } from './sync-states.ts'

const prefix = 'doubt:'

/** The server is to be asked for this record once nothing of it is in the outbox. Within a write. */
export function doubt(states: SyncStates, { entity, entityId }: EntityRef): void {
  states.set(`${prefix}${JSON.stringify([entity, entityId])}`, '')
}

export function doubted(states: SyncStates): readonly EntityRef[] {
  return states.startingWith(prefix).map(([name]) => {
    const [entity, entityId] = JSON.parse(name.slice(prefix.length)) as [string, string]
    return { entity, entityId }
  })
}

/** Within a write. */
export function trust(states: SyncStates, { entity, entityId }: EntityRef): void {
  states.remove(`${prefix}${JSON.stringify([entity, entityId])}`)
}
