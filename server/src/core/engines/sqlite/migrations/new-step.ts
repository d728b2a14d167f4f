// A step of a ladder that is to be written.

/** What a writer of a shape is given. */
export interface NewStep {
  readonly statements: readonly string[]
  readonly version: number
  /** The version that devices have before it. */
  readonly before: number
  /** A few words about it, for steps that have a description. */
  readonly words: string
}
