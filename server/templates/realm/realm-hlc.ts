// The hybrid logical clock of this device, kept in Realm so that it goes on after a restart.
import { ClockDriftError, createHlc, type Hlc } from '../sync/hlc.ts'
import type { SyncStates } from './sync-states.ts'

/** The time of an edit that is made now; `keep` it in the write of the edit. */
export function nextStamp(
  states: SyncStates,
  now: () => number,
): { readonly stamp: string; readonly keep: () => void } {
  const stamp = readHlc(states, now).tick()
  return { stamp, keep: () => states.set('hlc', stamp) }
}

/** Takes note of the latest time that was pulled: an edit that is made from now on is later. Within a write. */
export function receive(states: SyncStates, now: () => number, stamp: string): void {
  const hlc = readHlc(states, now)
  try {
    hlc.receive(stamp)
  } catch (error) {
    // The record is taken all the same; its time must not lead this device's clock astray.
    if (error instanceof ClockDriftError) return
    throw error
  }
  states.set('hlc', hlc.tick())
}

function readHlc(states: SyncStates, now: () => number): Hlc {
  const last = states.get('hlc')
  return createHlc({ nodeId: last?.split('-').at(-1) ?? newNode(), now, last })
}

/** It only has to differ from the user's other devices. */
function newNode(): string {
  return Math.floor(Math.random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')
}
