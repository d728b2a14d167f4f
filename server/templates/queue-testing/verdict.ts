// Judges a schedule by what the server has applied and what the queue says that it still holds.
import { type Applied, isPoison, markersOf } from './fault-server.ts'
import type { LoadOp, Payload } from './queue-under-test.ts'

export type ViolationKind =
  | 'lost'
  | 'duplicate'
  | 'order'
  | 'stuck'
  | 'wrongly dead'
  | 'overlap'
  | 'too early'
  | 'refused'
  | 'unclear'

export interface Violation {
  readonly kind: ViolationKind
  readonly text: string
}

export interface Outcome {
  readonly load: readonly LoadOp[]
  /** Numbers of the operations whose `enqueue` was fulfilled. */
  readonly accepted: ReadonlySet<number>
  readonly applied: readonly Applied[]
  readonly pending: readonly Payload[]
  readonly dead: readonly Payload[]
}

export function judge(outcome: Outcome): Violation[] {
  return [...lost(outcome), ...duplicates(outcome), ...order(outcome), ...stuck(outcome), ...wronglyDead(outcome)]
}

/** Each accepted operation is on the server, in the outbox, in the dead letter, or made void by a later delete. */
function lost({ load, accepted, applied, pending, dead }: Outcome): Violation[] {
  const isApplied = new Set(applied.map(one => one.marker))
  const isKnown = new Set([...isApplied, ...[...pending, ...dead].flatMap(markersOf)])
  const of = (index: number) => load[index]!
  const isSameRecord = (a: number, b: number) => of(a).entityId === of(b).entityId
  const indexes = load.map((_, index) => index)

  /** A later delete stands for it. */
  const isSuperseded = (index: number) =>
    indexes.some(
      later => later > index && of(later).kind === 'delete' && isSameRecord(later, index) && isKnown.has(later),
    )
  /** A create that never went out has met its delete: nothing of what lies between may have gone out either. */
  const isCancelled = (index: number) => {
    const own = indexes.filter(other => isSameRecord(other, index))
    const start = own.filter(other => other <= index && of(other).kind === 'create').at(-1)
    const end = own.find(other => other >= index && of(other).kind === 'delete')
    if (start === undefined || end === undefined) return false
    return own.every(other => other < start || other > end || !isKnown.has(other))
  }
  return [...accepted]
    .filter(index => !isKnown.has(index) && !isSuperseded(index) && !isCancelled(index))
    .map(index => ({ kind: 'lost', text: `operation ${index} (${of(index).kind} ${of(index).entityId}) is nowhere` }))
}

function duplicates({ applied }: Outcome): Violation[] {
  const counts = new Map<number, number>()
  for (const { marker } of applied) counts.set(marker, (counts.get(marker) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([marker, count]) => ({ kind: 'duplicate', text: `operation ${marker} was applied ${count} times` }))
}

/** The first effects on a record come in the order in which the app has made the changes. */
function order({ applied }: Outcome): Violation[] {
  const last = new Map<string, number>()
  const seen = new Set<number>()
  const violations: Violation[] = []
  for (const { marker, entityId } of applied) {
    if (seen.has(marker)) continue
    seen.add(marker)
    const before = last.get(entityId) ?? -1
    if (marker < before)
      violations.push({ kind: 'order', text: `operation ${marker} came after ${before} on ${entityId}` })
    last.set(entityId, Math.max(before, marker))
  }
  return violations
}

/** Nothing may wait at the end, except behind a create that is dead. */
function stuck({ load, pending, dead }: Outcome): Violation[] {
  const deadCreates = dead.flatMap(markersOf).filter(marker => load[marker]?.kind === 'create')
  const isHeld = (marker: number) =>
    deadCreates.some(create => create < marker && load[create]?.entityId === load[marker]?.entityId)
  return pending
    .flatMap(markersOf)
    .filter(marker => !isHeld(marker))
    .map(marker => ({ kind: 'stuck', text: `operation ${marker} still waits` }))
}

function wronglyDead({ dead }: Outcome): Violation[] {
  return dead
    .filter(payload => !isPoison(payload))
    .map(payload => ({ kind: 'wrongly dead', text: `operation ${markersOf(payload).join(', ')} is dead` }))
}
