// What could not be read or understood on the way in: shown to the person, never thrown.

/** A problem with a file of the workspace. Offsets are there when the exact place in its text is known. */
export interface Problem {
  readonly file: string
  readonly message: string
  readonly offset?: number
  readonly length?: number
}
