// The error by which a transport tells what the server answered.

export interface Answer {
  /** The HTTP status; undefined for a GraphQL error in an answer with status 200. */
  readonly status?: number
  /** The GraphQL error's `extensions.code`. */
  readonly code?: string
  /** The `Retry-After` header as it came: seconds or a date. */
  readonly retryAfter?: string | null
  /** The idempotency key that the server already holds, when it says so in a 409. */
  readonly knownKey?: string | null
}

export class TransportError extends Error {
  readonly answer: Answer

  constructor(message: string, answer: Answer) {
    super(message)
    this.name = 'TransportError'
    this.answer = answer
  }
}
