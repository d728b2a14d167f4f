// What could not be read or understood on the way in: shown to the person, never thrown.

import type { ReadResult } from './read-text.ts'

/** A problem with a file of the workspace. Offsets are there when the exact place in its text is known. */
export interface Problem {
  readonly file: string
  readonly message: string
  /** Why the file has no text, when that is the problem. */
  readonly reason?: NonNullable<ReadResult['problem']>
  readonly offset?: number
  readonly length?: number
}
