// The operations of a schedule and when the app hands them over.
import type { Kind, LoadOp } from './queue-under-test.ts'

export interface LoadEntry {
  readonly at: number
  readonly op: LoadOp
}

const opCount = 12
const entityCount = 3
const loadMs = 3000
const poisonShare = 0.05

/**
 * 12 operations on 3 records in the first 3 seconds. In half of the schedules a record is created once and edited; in
 * the other half it is also deleted and made anew, so that every way of joining operations occurs; the new record has
 * the id of the old one only with `reusesIds`.
 */
export function makeLoad(seed: number, random: () => number, reusesIds: boolean): readonly LoadEntry[] {
  const hasDeletes = seed % 4 >= 2
  const exists = new Set<string>()
  const deletions = new Map<string, number>()
  const times = Array.from({ length: opCount }, () => Math.floor(random() * loadMs)).sort((a, b) => a - b)
  // Some come in one breath, as when one screen saves two changes.
  for (let index = 1; index < opCount; index++) if (random() < 0.25) times[index] = times[index - 1]!
  return times.map((at, marker) => {
    const record = `r${Math.floor(random() * entityCount)}`
    const kind = nextKind(exists.has(record), hasDeletes, random)
    const earlier = deletions.get(record) ?? 0
    const entityId = reusesIds || earlier === 0 ? record : `${record}-${earlier}`
    if (kind === 'create') exists.add(record)
    if (kind === 'delete') {
      exists.delete(record)
      deletions.set(record, earlier + 1)
    }
    const isPoison = random() < poisonShare
    const payload = { [`m${marker}`]: marker, ...(isPoison && kind !== 'delete' ? { poison: true } : {}) }
    return { at, op: { kind, entity: 'posts', entityId, payload } }
  })
}

function nextKind(exists: boolean, hasDeletes: boolean, random: () => number): Kind {
  if (!exists) return 'create'
  return hasDeletes && random() < 0.3 ? 'delete' : 'update'
}
