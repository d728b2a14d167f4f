// Looks an entity up in a snapshot, which may hold thousands and is asked about each of them.
import type { Snapshot } from './snapshot.ts'

type Entity = Snapshot['entities'][number]

const known = new WeakMap<Snapshot, ReadonlyMap<string, Entity>>()

/** The first entity of that name. */
export function findEntity(snapshot: Snapshot | undefined, name: string): Entity | undefined {
  if (!snapshot) return undefined
  let byName = known.get(snapshot)
  if (!byName) {
    byName = new Map([...snapshot.entities].reverse().map(entity => [entity.name, entity]))
    known.set(snapshot, byName)
  }
  return byName.get(name)
}
