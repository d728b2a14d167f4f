// How many records go into one set: when the server refuses a set as a whole, smaller ones show which record it means.
import { TransportError } from '../sync/transport-error.ts'

/**
 * `again`: a smaller set, or the same record once more, is to be tried. `blame`: this one record is refused for good.
 * `giveUp`: the server seems to refuse everything.
 */
export type Verdict = 'again' | 'blame' | 'giveUp'

export interface Portions {
  /** So many records may go into the next set. */
  size(): number
  /** The server has taken a set. */
  taken(): void
  /** It has refused a set of these records as a whole; each is named by its table and id. */
  refused(names: readonly string[]): Verdict
}

/** A box on the way may refuse once what the server would take. */
const attemptsOfOne = 3
/** After so many records that were blamed one after the other, it is hardly the records. */
const maxBlamed = 3

export function createPortions(max: number): Portions {
  let size = max
  let suspect: string | undefined
  let refusals = 0
  let blamed = 0
  return {
    size: () => size,
    taken: () => {
      size = Math.min(max, size * 2)
      suspect = undefined
      blamed = 0
    },
    refused: names => {
      size = Math.ceil(names.length / 2)
      if (names.length > 1) return 'again'
      refusals = names[0] === suspect ? refusals + 1 : 1
      suspect = names[0]
      if (refusals < attemptsOfOne) return 'again'
      suspect = undefined
      blamed += 1
      if (blamed <= maxBlamed) return 'blame'
      // Not for ever: behind refused records there may be good ones.
      blamed = 0
      return 'giveUp'
    },
  }
}

/** True for answers by which the server says that something in the set is not as it wants it. */
export function isAboutContent(error: unknown): boolean {
  if (!(error instanceof TransportError)) return false
  const { status, code } = error.answer
  return status === undefined ? code === 'BAD_USER_INPUT' : [400, 413, 422].includes(status)
}
