// What a command knows of the terminal around it, handed in so that tests can stand in its place.

/** The terminal, as far as commands need it. */
export interface Io {
  readonly cwd: string
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** True when colours may be written. */
  readonly color: boolean
}

/** Ends a command with exit code 2 and its message. */
export class CannotRun extends Error {}
